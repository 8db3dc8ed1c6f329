import { readFileSync } from 'node:fs';
import { BENCH_CASES } from '../../scripts/bench/benchCases.mts';
import { BenchFixture } from '../../scripts/bench/benchFixture.mts';
import { meanInFlight, pairRatios } from '../../scripts/bench/benchMetrics.mts';
import { NEWEST_RELEASE } from '../../scripts/instance/n8nReleases.mts';

// jest does not load this ES module. The bench needs it only to install n8n.
jest.mock('env-paths', () => ({ __esModule: true, default: () => ({ cache: '' }) }));

type FixtureArguments = ConstructorParameters<typeof BenchFixture>;

/** Creates the cases of the bench. None of them is executed. */
function createBenchCases(baseline?: string) {
	const store = { seedCustomers: (count: number) => Array<string>(count).fill(''), seedCustomer: () => undefined };
	const recordList = { records: [], create: () => [] };
	const records = { deals: recordList, quotations: recordList };
	const instance = { sandbox: { store, records, url: '' }, release: NEWEST_RELEASE, n8n: { cliPath: '' }, env: {} };
	const fixture = new BenchFixture(
		{} as FixtureArguments[0],
		instance as unknown as FixtureArguments[1],
		{} as FixtureArguments[2],
		'',
		baseline,
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

test('the processor time of a baseline has a separate bound', () => {
	const withoutBaseline = createBenchCases().flatMap(({ bounds = [] }) => bounds);
	const withBaseline = createBenchCases('../old').flatMap(({ bounds = [] }) => bounds);
	const titles = withoutBaseline.map(({ title }) => title);
	expect(withBaseline.filter(({ title }) => !titles.includes(title))).toMatchObject([{ bound: 1.1 }]);
});

test('ratio of each pair of executions, in the order of execution', () => {
	const toSamples = (times: number[]) => times.map((processorMs) => ({ processorMs, milliseconds: 0, requests: [] }));
	expect(pairRatios(toSamples([11, 12, 18]), toSamples([10, 10, 20]))).toEqual([1.1, 1.2, 0.9]);
	expect(pairRatios(toSamples([11, 12]), toSamples([10]))).toEqual([1.1, NaN]);
});

test('averages the requests in progress from the first request to the last response', () => {
	const requests = [
		{ at: 100, answeredAt: 110 },
		{ at: 100, answeredAt: 110 },
		{ at: 105, answeredAt: 115 },
		{ at: 119, answeredAt: 120 },
	];
	expect(meanInFlight([{ requests }])).toBe(31 / 20);
});

test('a request without a response has no figure, so it meets no bound', () => {
	expect(meanInFlight([{ requests: [{ at: 100, answeredAt: 110 }, { at: 101 }] }])).toBeNaN();
});
