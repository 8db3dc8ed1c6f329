import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlainStop } from '../../start/plain.mts';
import { median } from '../../bounds.mts';
import type { Case, Kit } from '../kit.mts';
import type { LoadTask } from '../load.mts';

const script = fileURLToPath(new URL('../load.mts', import.meta.url));
const REPETITIONS = 11;

/** The whole package in n8n's own loader, beside n8n's own Pipedrive node with its credential; each in a new process. */
export function packageLoad({ session, running }: Kit): Case {
	const { n8n, env } = running;
	const modules = path.resolve(n8n.program, '../../..');
	const installed = path.join(env['N8N_USER_FOLDER'] ?? '', '.n8n', 'nodes', 'node_modules', 'n8n-nodes-gofive');
	const pipedrive: LoadTask = {
		program: n8n.program,
		folder: path.join(modules, 'n8n-nodes-base'),
		nodes: ['dist/nodes/Pipedrive/Pipedrive.node.js'],
		credentials: ['dist/credentials/PipedriveApi.credentials.js'],
	};
	const own: LoadTask = { program: n8n.program, folder: installed };

	async function load(task: LoadTask): Promise<number> {
		// n8n lets the packages below its own folder find n8n-workflow in the same way.
		const withModules = { ...env, NODE_PATH: modules };
		const { ok, output } = await session.run(n8n.node, [script, JSON.stringify(task)], { env: withModules });
		const milliseconds = Number(/^\[([\d.]+)\]$/mu.exec(output)?.[1]);
		if (ok && milliseconds > 0) return milliseconds;
		throw new PlainStop("n8n's loader could not be measured.", `What it printed is in ${session.log}`);
	}

	return {
		title: "Loading in n8n's loader",
		workflows: [],
		async run(_, tell) {
			const times: { pipedrive: number[]; own: number[] } = { pipedrive: [], own: [] };
			for (let round = 1; round <= REPETITIONS; round++) {
				tell(`${round} of ${REPETITIONS}`);
				times.pipedrive.push(await load(pipedrive));
				times.own.push(await load(own));
			}
			const value = median(times.own) / median(times.pipedrive);
			return {
				rows: [
					{ what: "n8n's Pipedrive node and its credential", times: times.pipedrive },
					{ what: 'the whole GoFive package', times: times.own },
				],
				verdicts: [{ what: 'load: time, GoFive package / Pipedrive node', value, bound: { atMost: 1 } }],
			};
		},
	};
}
