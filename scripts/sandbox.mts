/** `npm run sandbox`: starts the sandbox on its own. Nothing imports this file. */
import { Command } from 'commander';
import { startSandbox } from '../sandbox/index.mts';
import { formatCredentialForm } from '../sandbox/sandboxCredential.mts';
import {
	addSandboxSwitches,
	applySandboxSwitches,
	describeSandboxWrites,
	parsePort,
	type SandboxSwitches,
} from './instance/commandOptions.mts';

const command = new Command('npm run sandbox --')
	.description('Starts a server on this machine that simulates the GoFive API.')
	.option('--port <number>', 'port of the sandbox', parsePort, 5679);
const { port, ...switches } = addSandboxSwitches(command).parse().opts<{ port: number } & SandboxSwitches>();

try {
	const sandbox = await startSandbox({ port });
	applySandboxSwitches(sandbox, switches);
	console.log(`GoFive sandbox at ${sandbox.url} (this machine only)

Credential "GoFive API":
${formatCredentialForm(sandbox.url)}

Customers: ${sandbox.records.customers.records.map(({ customerCode }) => customerCode).join(', ')}

${describeSandboxWrites(sandbox)}

Next: enter these values in a GoFive API credential in n8n, and run a workflow with the GoFive node. Press Ctrl-C to stop the sandbox.`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close().then(() => console.log('Sandbox stopped.')));
	}
} catch (error) {
	const isPortTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
	console.error(
		isPortTaken
			? `Port ${port} is in use. Select another port with --port ${port + 1}.`
			: `The sandbox did not start: ${error instanceof Error ? error.message : String(error)}`,
	);
	process.exitCode = 1;
}
