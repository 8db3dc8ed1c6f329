import { readFileSync } from 'node:fs';
import { BENCH_CASES } from '../../scripts/bench/benchCases.mts';
import { BenchFixture } from '../../scripts/bench/benchFixture.mts';
import { NEWEST_RELEASE } from '../../scripts/instance/n8nReleases.mts';

// jest does not load this ES module. The bench needs it only to install n8n.
jest.mock('env-paths', () => ({ __esModule: true, default: () => ({ cache: '' }) }));

type FixtureArguments = ConstructorParameters<typeof BenchFixture>;

/** Creates the cases of the bench. None of them is executed. */
function createBenchCases() {
	const store = { seedCustomers: (count: number) => Array<string>(count).fill(''), seedCustomer: () => undefined };
	const recordList = { records: [], create: () => [] };
	const records = { deals: recordList, quotations: recordList };
	const instance = { sandbox: { store, records, url: '' }, release: NEWEST_RELEASE, n8n: { cliPath: '' }, env: {} };
	const fixture = new BenchFixture(
		{} as FixtureArguments[0],
		instance as unknown as FixtureArguments[1],
		{} as FixtureArguments[2],
		'',
	);
	return Object.values(BENCH_CASES).map((createCase) => createCase(fixture));
}

test('the tables of docs/performance.md have the rows that the bench prints', () => {
	const benchCases = createBenchCases();
	const printedRows = [
		...benchCases.flatMap(({ title, bounds = [] }) =>
			bounds.map((bound) => `| ${title} | ${bound.title} | <= ${bound.bound} |`),
		),
		...benchCases.flatMap(({ title, variants }) => variants.map((variant) => `| ${title} | ${variant.title} |`)),
	];
	const documentedRows = readFileSync('docs/performance.md', 'utf8')
		.split('\n')
		.filter((line) => /^\| (?!case |---)/.test(line));
	expect(documentedRows).toEqual(printedRows.map((row) => expect.stringContaining(row) as string));
});
