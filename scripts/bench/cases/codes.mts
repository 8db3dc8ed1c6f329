import { fileURLToPath } from 'node:url';
import { SANDBOX_SIGN_IN } from '../../../sandbox/signIn.mts';
import { PlainStop } from '../../start/plain.mts';
import { median } from '../../bounds.mts';
import type { Row } from '../findings.mts';
import type { FloorTask } from '../floor.mts';
import { DELAY, EVENTS_EACH, type Case, type Kit } from '../kit.mts';
import { inTurn, rowOf, type Measured, type Variant } from '../measure.mts';
import { workflowOf } from '../workflows.mts';

const days = { from: '2025-01-01', to: '2025-01-31' };
const floorScript = fileURLToPath(new URL('../floor.mts', import.meta.url));
const REPETITIONS = 3;

/** A bare client outside n8n: no more can be had at this width. */
async function floor({ session, running }: Kit, codes: string[], width: number): Promise<Row> {
	const task: FloorTask = {
		url: `${running.sandbox.url}/v1/customerEvent/filter`,
		headers: {
			authorization: `Bearer ${SANDBOX_SIGN_IN.accessToken}`,
			'ocp-apim-subscription-key': SANDBOX_SIGN_IN.subscriptionApiKey,
			'content-type': 'application/json',
		},
		body: JSON.stringify({ DateFrom: `${days.from}T00:00:00`, DateTo: `${days.to}T23:59:59` }),
		codes,
		width,
		repetitions: REPETITIONS,
	};
	const { ok, output } = await session.run(running.n8n.node, [floorScript, JSON.stringify(task)], { env: running.env });
	if (!ok) throw new PlainStop('The bare client did not work.', `What it printed is in ${session.log}`);
	return { what: `bare client outside n8n, width ${width}`, times: JSON.parse(output) as number[] };
}

/**
 * Many customers, no rate limit: in n8n processes of their own, as the bound means it, and in a server that has run
 * the same before, which favours the node that works more.
 */
export function manyCodes(kit: Kit, count: number, bound?: number): Case {
	const codes = kit.codes.slice(0, count);
	const items = count * EVENTS_EACH;
	const variant = (title: string, id: string, nodes: ReturnType<Kit['goFive']>): Variant => ({
		title,
		workflow: workflowOf(`codes-${count}-${id}`, codes, nodes),
		items,
	});
	const batch = { batchSize: 50, batchInterval: 50 };
	const tuned = `the same, batches of ${batch.batchSize} every ${batch.batchInterval} ms`;
	const variants = [
		variant('HTTP Request + Split Out', 'http', kit.http(days)),
		variant('GoFive, default width (32)', 'own', kit.goFive(days)),
		variant('GoFive, width 64', 'own-64', kit.goFive(days, 64)),
		variant(tuned, 'batched', kit.http(days, batch)),
	];
	const single = variant('GoFive, width 1', 'own-1', kit.goFive(days, 1));
	const name = `${count.toLocaleString('en')} codes`;
	const ratio = ([http, own]: Measured[]): number => median(own?.times ?? []) / median(http?.times ?? []);

	return {
		title: `${name}, ${DELAY} ms per answer, no rate limit`,
		workflows: [...variants, single].map(({ workflow }) => workflow),
		async run(runs, tell) {
			const { sandbox } = kit.running;
			const inServer = runs.inServer.bind(runs);
			const cold = await inTurn(sandbox, variants, REPETITIONS, (workflow) => runs.inOwnProcess(workflow), tell);
			await inTurn(sandbox, variants, 1, inServer, (line) => tell(`warming up a server: ${line}`));
			const warm = await inTurn(sandbox, variants, REPETITIONS, inServer, (line) => tell(`in a server: ${line}`));
			const alone = bound === undefined ? [] : await inTurn(sandbox, [single], 1, inServer, tell);
			tell('bare client');
			const floors = [await floor(kit, codes, 32), await floor(kit, codes, 64)];

			const inWarm = [...warm, ...alone].map((each) => rowOf(each, 'in a server that has run it before'));
			const rows = [...cold.map((each) => rowOf(each, 'new n8n process')), ...inWarm, ...floors];
			const what = `${name}: time, GoFive / HTTP Request`;
			const texts = [`${what}, in a server that has run both before (no bound): ${ratio(warm).toFixed(2)}`];
			if (bound !== undefined) return { rows, verdicts: [{ what, value: ratio(cold), bound: { atMost: bound } }], texts };
			return { rows, verdicts: [], texts: [`${what} (no bound): ${ratio(cold).toFixed(2)}`, ...texts] };
		},
	};
}
