import { parseArgs } from 'node:util';
import { PlainStop } from './plain.mts';

/** What the person asked for. */
export interface StartOptions {
	/** Only execute the main example, print its items and end. */
	run: boolean;
	help: boolean;
	/** Port of n8n's screen. */
	port: number;
	sandboxPort: number;
}

export const USAGE = `npm start [-- options]

Starts a real n8n with the GoFive node in it, beside a sandbox that plays GoFive's API.

  --run                only execute the example "Customer events of one customer" and print its items
  --port <number>      port of n8n (5678)
  --sandbox-port <n>   port of the sandbox (5679)
  --help               this text`;

/**
 * @param args the command line after the script's name.
 * @throws PlainStop for an unknown option or an impossible port.
 */
export function readOptions(args: string[]): StartOptions {
	try {
		const { values } = parseArgs({
			args,
			options: {
				run: { type: 'boolean', default: false },
				help: { type: 'boolean', default: false },
				port: { type: 'string', default: '5678' },
				'sandbox-port': { type: 'string', default: '5679' },
			},
		});
		const port = readPort('--port', values.port);
		const sandboxPort = readPort('--sandbox-port', values['sandbox-port']);
		if (port === sandboxPort) throw new Error('n8n and the sandbox need two different ports.');
		return { run: values.run, help: values.help, port, sandboxPort };
	} catch (error) {
		throw new PlainStop(error instanceof Error ? error.message : String(error), 'See: npm start -- --help');
	}
}

function readPort(option: string, text: string): number {
	const port = Number(text);
	if (/^\d+$/u.test(text) && port >= 1 && port <= 65_535) return port;
	throw new Error(`${option} takes a number from 1 to 65535, not "${text}".`);
}
