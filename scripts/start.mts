/** `npm start`: a real n8n with this package in it, beside the sandbox. See --help. */
import { bringUp } from './start/bringUp.mts';
import { MAIN_EXAMPLE } from './start/examples.mts';
import { readOptions, wholeNumber } from './start/options.mts';
import { runExample } from './start/runExample.mts';
import { unexpectedEnd } from './start/server.mts';
import { inSession, type Session } from './start/session.mts';
import { welcome } from './start/welcome.mts';

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

async function main(session: Session): Promise<void> {
	const { run, help, ...ports } = readOptions('start', OPTIONS, ({ port, 'sandbox-port': sandboxPort, ...values }) => {
		const read = { ...values, port: readPort('--port', port), sandboxPort: readPort('--sandbox-port', sandboxPort) };
		if (read.port === read.sandboxPort) throw new Error('n8n and the sandbox need two different ports.');
		return read;
	});
	if (help) return console.log(USAGE);
	if (run) {
		await runExample(session, await bringUp(session, {}));
		return console.log('It ran in a real n8n. To see it on the screen, and more examples: npm start');
	}
	const running = await bringUp(session, ports);
	console.log(welcome({ ...running, page: `${running.server.rest.url}/workflow/${MAIN_EXAMPLE}` }));
	await unexpectedEnd(session, running.server);
}

const readPort = (option: string, text: string): number => wholeNumber(option, text, 1, 65_535);

await inSession(main);
