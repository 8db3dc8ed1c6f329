import { median } from '../../bounds.mts';
import { DELAY, EVENTS_EACH, type Case, type Kit } from '../kit.mts';
import { inTurn, received, rowOf, type Measured, type Variant } from '../measure.mts';
import { workflowOf } from '../workflows.mts';

const days = { from: '2025-01-01', to: '2025-01-31' };
const ITEMS = 1000;
const CODES = 100;
const MOST = 0.2;

/** 1,000 items that ask for 100 customers. It has to run first: then the token of a new installation is fetched in it. */
export function repeatedCodes(kit: Kit): Case {
	const { sandbox } = kit.running;
	const codes = Array.from({ length: ITEMS }, (_, item) => kit.codes[item % CODES] ?? '');
	const items = ITEMS * EVENTS_EACH;
	const variants: Variant[] = [
		{ title: 'HTTP Request + Split Out', workflow: workflowOf('repeated-http', codes, kit.http(days)), items },
		{ title: 'GoFive', workflow: workflowOf('repeated-own', codes, kit.goFive(days)), items },
	];

	return {
		title: `${ITEMS.toLocaleString('en')} items over ${CODES} customer codes, ${DELAY} ms per answer`,
		workflows: variants.map(({ workflow }) => workflow),
		async run(runs, tell) {
			const cold = await inTurn(sandbox, variants, 3, (workflow) => runs.inOwnProcess(workflow), tell);
			const inServer = runs.inServer.bind(runs);
			await inTurn(sandbox, variants, 1, inServer, (line) => tell(`warming up a server: ${line}`));
			const warm = await inTurn(sandbox, variants, 5, inServer, (line) => tell(`in a server: ${line}`));
			const ratio = ([http, own]: Measured[]): number => median(own?.times ?? []) / median(http?.times ?? []);
			const counts = (operation: string): number[] =>
				[cold[1], warm[1]].flatMap((each) => (each ? received(each, operation) : [Number.NaN]));
			const row = (each: Measured, place: string) =>
				rowOf(each, `${place}, ${median(received(each, 'getCustomerEvents'))} requests`);
			const most = (what: string, operation: string, atMost: number) => ({
				what: `repeated codes: ${what}`,
				value: Math.max(...counts(operation)),
				bound: { atMost },
			});
			const what = 'repeated codes: time, GoFive / HTTP Request';
			return {
				rows: [
					...cold.map((each) => row(each, 'new n8n process')),
					...warm.map((each) => row(each, 'in a server that has run it before')),
				],
				verdicts: [
					most('requests for events', 'getCustomerEvents', CODES),
					most('requests for event types', 'getCustomerEventTypes', 1),
					most('requests for a token, new installation', 'createToken', 1),
					{ what, value: ratio(cold), bound: { atMost: MOST } },
				],
				texts: [`${what}, in a server that has run both before (no bound): ${ratio(warm).toFixed(2)}`],
			};
		},
	};
}
