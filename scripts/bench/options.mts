import { parseArgs } from 'node:util';
import { PlainStop } from '../start/plain.mts';
import { RELEASES, type Release } from '../start/releases.mts';
import { CASES } from './cases.mts';

/** What the person asked for. */
export interface BenchOptions {
	releases: readonly Release[];
	/** Names of the cases to run. */
	cases: string[];
	help: boolean;
}

export const USAGE = `npm run bench [-- options]

Measures the GoFive node and what a user would pick instead in a real n8n, against the sandbox, and fails when a bound
is not kept. All of it takes about twenty minutes; do nothing else on the machine meanwhile.

  --release <name>   only this n8n: ${RELEASES.map(({ name }) => name).join(' or ')}
  --only <word>      only the cases that have this word in their name; may be given more than once
  --help             this text

Cases: ${Object.keys(CASES).join(', ')}`;

/**
 * @param args the command line after the script's name.
 * @throws PlainStop for an unknown option, release or case.
 */
export function readOptions(args: string[]): BenchOptions {
	try {
		const { values } = parseArgs({
			args,
			options: {
				release: { type: 'string' },
				only: { type: 'string', multiple: true, default: [''] },
				help: { type: 'boolean', default: false },
			},
		});
		const { release, only, help } = values;
		const releases = RELEASES.filter(({ name }) => release === undefined || name === release);
		if (releases.length === 0) throw new Error(`There is no release "${release}" here.`);
		const unknown = only.find((word) => !Object.keys(CASES).some((name) => name.includes(word)));
		if (unknown !== undefined) throw new Error(`No case has "${unknown}" in its name.`);
		const cases = Object.keys(CASES).filter((name) => only.some((word) => name.includes(word)));
		return { releases, cases, help };
	} catch (error) {
		throw new PlainStop(error instanceof Error ? error.message : String(error), 'See: npm run bench -- --help');
	}
}
