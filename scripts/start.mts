/** `npm start`: a real n8n with this package in it, beside the sandbox. See --help. */
import { startInstance } from './instance/startInstance.mts';
import { MAIN_EXAMPLE_ID } from './instance/exampleWorkflowFiles.mts';
import { parseCommandLine, parseInteger } from './instance/commandLine.mts';
import { runExample } from './start/runExample.mts';
import { failOnUnexpectedExit } from './instance/n8nProcess.mts';
import { runScript, type ScriptContext } from './instance/scriptContext.mts';
import { formatStartupMessage } from './start/startupMessage.mts';

const USAGE = `npm start [-- options]

Starts a real n8n with the GoFive node in it, beside a sandbox that plays GoFive's API.

  --run                only execute the example "Customer events of one customer" and print its items
  --port <number>      port of n8n (5678)
  --sandbox-port <n>   port of the sandbox (5679)
  --help               this text`;

const OPTIONS = {
	run: { type: 'boolean' },
	help: { type: 'boolean' },
	port: { type: 'string', default: '5678' },
	'sandbox-port': { type: 'string', default: '5679' },
} as const;

async function runStart(script: ScriptContext): Promise<void> {
	const { run, help, ...ports } = parseCommandLine(
		'start',
		OPTIONS,
		({ port, 'sandbox-port': sandboxPort, ...values }) => {
			const parsed = {
				...values,
				port: parsePort('--port', port),
				sandboxPort: parsePort('--sandbox-port', sandboxPort),
			};
			if (parsed.port === parsed.sandboxPort) throw new Error('n8n and the sandbox need two different ports.');
			return parsed;
		},
	);
	if (help) return console.log(USAGE);
	if (run) {
		await runExample(script, await startInstance(script, {}));
		return console.log('It ran in a real n8n. To see it on the screen, and more examples: npm start');
	}
	const instance = await startInstance(script, ports);
	console.log(
		formatStartupMessage({ ...instance, workflowUrl: `${instance.server.rest.url}/workflow/${MAIN_EXAMPLE_ID}` }),
	);
	await failOnUnexpectedExit(script, instance.server);
}

const parsePort = (option: string, text: string): number => parseInteger(option, text, 1, 65_535);

await runScript(runStart);
