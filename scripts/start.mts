/**
 * `npm start`: starts a real n8n with this package, next to the sandbox.
 * Nothing imports this file. Start reading at instance/startInstance.mts, which other scripts and the e2e tests share.
 */
import { Command } from 'commander';
import { startInstance } from './instance/startInstance.mts';
import { MAIN_EXAMPLE_ID } from './instance/exampleIds.mts';
import {
	addSandboxSwitches,
	applySandboxSwitches,
	parsePort,
	type SandboxSwitches,
} from './instance/commandOptions.mts';
import { runExample } from './start/runExample.mts';
import { createMailCredential, startMailServer } from './instance/mailServer.mts';
import { assertPortFree, type FixedPorts } from './instance/ports.mts';
import { failOnUnexpectedExit } from './instance/n8nProcess.mts';
import { runScript } from './instance/scriptContext.mts';
import { formatStartupMessage } from './start/startupMessage.mts';

const program = new Command('npm start --')
	.description('Starts a real n8n with the GoFive node, and a sandbox that simulates the GoFive API.')
	.option('--run', 'execute the example "Last month\'s events in an Excel file", print the events, and exit')
	.option('--port <number>', 'port of n8n', parsePort, 5678)
	.option('--sandbox-port <number>', 'port of the sandbox', parsePort, 5679)
	.option('--mail-port <number>', 'port of the page that shows the emails', parsePort, 5680);
const options = addSandboxSwitches(program).parse().opts<{ run?: boolean } & FixedPorts & SandboxSwitches>();
const { run, port, sandboxPort, mailPort, ...switches } = options;
const ports: FixedPorts = { port, sandboxPort, mailPort };
if (new Set(Object.values(ports)).size < 3)
	program.error('n8n, the sandbox and the page with the emails require different ports.');

await runScript('start', async (script) => {
	if (run) {
		const instance = await startInstance(script, {});
		await Promise.race([runExample(script, instance), failOnUnexpectedExit(script, instance.server)]);
		return console.log(
			'The example was executed in a real n8n. To see it in the editor, with more examples, run "npm start".',
		);
	}
	await assertPortFree(ports.mailPort, ports);
	const mailServer = await startMailServer(script, ports.mailPort);
	const password = { user: 'colleague', password: 'sandbox' };
	const basicAuth = { id: 'sandbox-password', name: 'Sandbox password', type: 'httpBasicAuth', data: password };
	const credentials = [createMailCredential(mailServer), basicAuth];
	const instance = await startInstance(script, { ports, credentials });
	applySandboxSwitches(instance.sandbox, switches);
	const workflowUrl = `${instance.server.rest.url}/workflow/${MAIN_EXAMPLE_ID}`;
	console.log(formatStartupMessage({ ...instance, workflowUrl, mailServer, password }));
	await failOnUnexpectedExit(script, instance.server);
});
