import { median } from '../../bounds.mts';
import { LARGE, type Case, type Kit } from '../kit.mts';
import { inTurn, rowOf, type Measured, type Variant } from '../measure.mts';
import { readableDates, workflowOf } from '../workflows.mts';

const days = { from: '2025-01-01', to: '2025-12-31' };
const MOST = 0.1;

const peak = ({ reports }: Measured): number => median(reports.map(({ peakBytes }) => peakBytes));

function note(measured: Measured): string {
	const dates = median(measured.reports.map(({ nodes }) => nodes['Edit Fields']?.milliseconds ?? 0));
	const share = dates > 0 ? `, Edit Fields ${(dates / 1000).toFixed(1)} s of it` : '';
	return `peak memory of n8n ${Math.round(peak(measured) / 1e6)} MB${share}`;
}

/** One customer with very many events, to one item per event with readable dates; each run in an n8n process of its own. */
export function largeCustomer(kit: Kit): Case {
	const { sandbox } = kit.running;
	const http: Variant = {
		title: 'HTTP Request + Split Out + Edit Fields',
		workflow: workflowOf('large-http', [kit.largeCode], [...kit.http(days), ...readableDates()]),
		items: LARGE,
	};
	const own: Variant = {
		title: 'GoFive',
		workflow: workflowOf('large-own', [kit.largeCode], kit.goFive(days)),
		items: LARGE,
	};
	return {
		title: `One customer with ${LARGE.toLocaleString('en')} events, to one item per event with readable dates`,
		workflows: [http.workflow, own.workflow],
		async run(runs, tell) {
			const alone = runs.inOwnProcess.bind(runs);
			const measured = [
				...(await inTurn(sandbox, [http], 1, (workflow) => alone(workflow), tell)),
				...(await inTurn(sandbox, [own], 3, (workflow) => alone(workflow), tell)),
			];
			const ratio = (of: (each: Measured) => number): number => {
				const [theirs, ours] = measured.map(of);
				return (ours ?? Number.NaN) / (theirs ?? Number.NaN);
			};
			return {
				rows: measured.map((each) => rowOf(each, note(each))),
				verdicts: [
					{ what: 'large customer: time, GoFive / the others', value: ratio(({ times }) => median(times)), bound: { atMost: MOST } },
					{ what: 'large customer: peak memory, GoFive / the others', value: ratio(peak), bound: { below: 1 } },
				],
			};
		},
	};
}
