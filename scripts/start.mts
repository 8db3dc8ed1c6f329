/**
 * `npm start`: starts a real n8n with this package, next to the sandbox.
 * Nothing imports this file. Start reading at instance/startInstance.mts, which other scripts and the e2e tests share.
 */
import { startInstance } from './instance/startInstance.mts';
import { MAIN_EXAMPLE_ID } from './instance/mainExample.mts';
import { parseCommandLine, parseInteger } from './instance/commandLine.mts';
import { runExample } from './start/runExample.mts';
import { failOnUnexpectedExit } from './instance/n8nProcess.mts';
import { runScript } from './instance/scriptContext.mts';
import { formatStartupMessage } from './start/startupMessage.mts';

const USAGE = `npm start [-- options]

Starts a real n8n with the GoFive node, and a sandbox that simulates the GoFive API.

  --run                execute the example "Last month's events in an Excel file", print the events, and exit
  --port <number>      port of n8n (default: 5678)
  --sandbox-port <n>   port of the sandbox (default: 5679)
  --help               show this text`;

const OPTIONS = {
	run: { type: 'boolean' },
	help: { type: 'boolean' },
	port: { type: 'string', default: '5678' },
	'sandbox-port': { type: 'string', default: '5679' },
} as const;

const parsePort = (option: string, text: string): number => parseInteger(option, text, 1, 65_535);

await runScript(async (script) => {
	const { run, help, ports } = parseCommandLine(
		'start',
		OPTIONS,
		({ run, help, port, 'sandbox-port': sandboxPort }) => {
			const ports = { port: parsePort('--port', port), sandboxPort: parsePort('--sandbox-port', sandboxPort) };
			if (ports.port === ports.sandboxPort) throw new Error('n8n and the sandbox require different ports.');
			return { run, help, ports };
		},
	);
	if (help) return console.log(USAGE);
	const instance = await startInstance(script, run ? {} : ports);
	if (run) {
		await runExample(script, instance);
		return console.log(
			'The example was executed in a real n8n. To see it in the editor, with more examples, run "npm start".',
		);
	}
	const workflowUrl = `${instance.server.rest.url}/workflow/${MAIN_EXAMPLE_ID}`;
	console.log(formatStartupMessage({ ...instance, workflowUrl }));
	await failOnUnexpectedExit(script, instance.server);
});
