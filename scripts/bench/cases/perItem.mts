import { median } from '../../bounds.mts';
import type { Case, Kit } from '../kit.mts';
import { inTurn, rowOf, type Measured, type Variant } from '../measure.mts';
import { partsOf } from '../profile.mts';
import { workflowOf } from '../workflows.mts';

const days = { from: '2025-01-01', to: '2025-01-31' };
const ITEMS = 5000;

/** What an item costs in n8n without a network: requests are answered inside the process, at once, without events. */
export function perItem(kit: Kit): Case {
	const { sandbox } = kit.running;
	const codes = Array.from({ length: ITEMS }, (_, item) => `OFFLINE${item}`);
	const http: Variant = { title: 'HTTP Request + Split Out', workflow: workflowOf('item-http', codes, kit.http(days)) };
	const own: Variant = { title: 'GoFive', workflow: workflowOf('item-own', codes, kit.goFive(days)), items: 0 };
	const note = ({ times }: Measured): string => `${(median(times) / ITEMS).toFixed(2)} ms per item`;

	return {
		title: `${ITEMS.toLocaleString('en')} items without a network, empty answers`,
		workflows: [http.workflow, own.workflow],
		async run(runs, tell) {
			const offline = async (workflow: Variant['workflow']) => await runs.inOwnProcess(workflow, { offline: true });
			const measured = [
				...(await inTurn(sandbox, [http], 1, offline, tell)),
				...(await inTurn(sandbox, [own], 3, offline, tell)),
			];
			tell('GoFive, with a CPU profile');
			const report = await runs.inOwnProcess(own.workflow, { offline: true, profile: true });
			const { GoFive: node } = report.nodes;
			if (!node) throw new Error('The profiled run has no GoFive node');
			const parts = partsOf(report, node);
			const total = parts.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
			const lines = parts.map(({ title, milliseconds }) => `  ${Math.round((100 * milliseconds) / total)} %  ${title}`);
			return {
				rows: measured.map((each) => rowOf(each, note(each))),
				verdicts: [],
				texts: ['Parts of the time of GoFive, by a CPU profile, the largest first:', ...lines],
			};
		},
	};
}
