/** `npm run sandbox`: starts the sandbox on its own. Nothing imports this file. */
import { parseArgs } from 'node:util';
import { startSandbox } from './index.mts';
import { formatCredentialForm } from './sandboxCredential.mts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '5679' } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
	console.error(`The value "${values.port}" of --port is not a whole number from 0 to 65535.`);
	process.exit(1);
}

try {
	const sandbox = await startSandbox({ port });
	console.log(`GoFive sandbox at ${sandbox.url} (this machine only)

Credential "GoFive API":
${formatCredentialForm(sandbox.url)}

Customers: ${[...sandbox.store.customers.keys()].join(', ')}

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
