import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { PlainStop } from '../start/plain.mts';

/** What the person asked for. */
export interface ReliabilityOptions {
	kills: number;
	/** Makes the moments of the kills, the events and the faults; the timing of n8n itself is its own. */
	seed: number;
	/** Whether n8n runs with its durable poller. */
	durable: boolean;
	help: boolean;
}

export const USAGE = `npm run reliability [-- options]

Publishes a workflow with the GoFive Trigger in a real n8n, creates events in the sandbox, kills n8n hard again and
again, and compares n8n's executions with the events: each must have started the workflow exactly once.
Twenty kills take about 20 minutes.

  --kills <number>   how often n8n is killed (20)
  --seed <number>    repeats the choices of an earlier run (a new one each time)
  --durable          n8n 2.41's durable poller instead of its default engine
  --help             this text`;

/**
 * @param args the command line after the script's name.
 * @throws PlainStop for an unknown option or an impossible number.
 */
export function readOptions(args: string[]): ReliabilityOptions {
	try {
		const { values } = parseArgs({
			args,
			options: {
				kills: { type: 'string', default: '20' },
				seed: { type: 'string', default: String(randomInt(1_000_000)) },
				durable: { type: 'boolean', default: false },
				help: { type: 'boolean', default: false },
			},
		});
		const { kills, seed, ...rest } = values;
		return { ...rest, kills: readNumber('--kills', kills), seed: readNumber('--seed', seed) };
	} catch (error) {
		throw new PlainStop(error instanceof Error ? error.message : String(error), 'See: npm run reliability -- --help');
	}
}

function readNumber(option: string, text: string): number {
	if (/^\d{1,9}$/u.test(text)) return Number(text);
	throw new Error(`${option} takes a whole number, not "${text}".`);
}
