import {
	allOperations,
	buildOperationRequest,
	findOperation,
	getExampleParameters,
	getOperationProperties,
	type OperationEntry,
} from '../../support/operationParameters.cts';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

/** Values that a server could read as another path after it has decoded them, once or several times. */
const DOT_SEGMENTS = [
	'.',
	'..',
	'../customerEvent/13',
	'A/../B',
	'A/..',
	'A/./B',
	'..\\customerEvent\\13',
	'A\\..',
	'..%2FB',
	'%2e%2e%2fX',
	'%252e%252e%252fX',
	`%${'25'.repeat(100)}2e./X`,
	'%%32%65.%5CX',
	`%2%6${'%3'.repeat(50)}5./X`,
	'%2e%2e%2f%ffX',
	// Some servers cut off what follows a semicolon.
	'..;a=b',
	'.;',
	'A/..;/B',
	'..%3Ba=b',
	'%2e%2e%253bx%2fB',
];

const LENGTH_LIMIT = 500;

/** Texts of 256 kB whose decoding took quadratic time. */
const LONG_TEXTS = ['%' + '25'.repeat(131_072), '%3'.repeat(131_072) + '%35', '%'.repeat(262_144), '.'.repeat(262_144)];

interface PathInput extends OperationEntry {
	entryName: string;
	parameter: string;
	displayName: string;
	/** Puts a value into the parameter as a user does. */
	toParameter(value: string): string;
}

const buildPath = ({ operation }: OperationEntry, changes: object): string =>
	buildOperationRequest(operation, { ...getExampleParameters(operation), ...changes }).path;

/** All inputs that are part of a path. They are found by what they change, so a new operation needs no line here. */
const pathInputs: PathInput[] = allOperations.flatMap((entry) =>
	getOperationProperties(entry.operation)
		.filter(({ name, type }) => type === 'string' && buildPath(entry, { [name]: '71' }) !== buildPath(entry, {}))
		.map(({ name, displayName }) => {
			const isEndpoint = entry.resource === 'endpoint';
			const toParameter = (value: string) => (isEndpoint ? `/v1/case/${value}` : value);
			const names = { entryName: entry.name, name: `${entry.name}: ${displayName}` };
			return { ...entry, ...names, parameter: name, displayName, toParameter };
		}),
);

/** Runs the operation once with an item per value. */
async function runWithValues({ entryName, parameter, toParameter }: PathInput, values: string[]) {
	const items = values.map((value) => ({ value: toParameter(value) }));
	const options = { items, onError: 'continueRegularOutput' as const };
	return await fixture.runExample(entryName, { [parameter]: '={{ $json.value }}' }, options);
}

test('all operations with a path input are covered', () => {
	const pathOperations = allOperations.filter(({ operation }) => /\/\{\w+\}/.test(operation.request.toString()));
	expect(pathOperations.length).toBeGreaterThan(10);
	expect(new Set(pathInputs.map(({ operation }) => operation))).toEqual(
		new Set([...pathOperations.map(({ operation }) => operation), findOperation('endpoint.sendRequest').operation]),
	);
});

// IDs have digits only.
const codeInputs = pathInputs.filter(({ displayName }) => !displayName.endsWith('ID'));
test.each(codeInputs)('$name: dots, slashes and percent signs, and 500 characters, are sent', async (input) => {
	const codes = ['A..', '..A', '...', 'a/b ../100%', 'QT/2025/01', '100%25', 'ก'.repeat(LENGTH_LIMIT)];
	const toCode = (code: string) => (input.resource === 'endpoint' ? encodeURIComponent(code) : code);
	await runWithValues(input, codes.map(toCode));
	const sentPaths = fixture.apiRequests.map(({ path }) => path);
	for (const code of codes) expect(sentPaths.some((path) => path.includes(encodeURIComponent(code)))).toBe(true);
});

describe.each(pathInputs)('$name', (input) => {
	test('a value that leads to another path is rejected by name, before anything is sent', async () => {
		const { items } = await runWithValues(input, DOT_SEGMENTS);
		expect(items).toHaveLength(DOT_SEGMENTS.length);
		for (const { error } of items) expect(error).toMatch(`'${input.displayName}' cannot be "`);
		expect(fixture.sandbox.requestLog).toEqual([]);
	});

	test('a value of more than 500 characters is rejected in linear time', async () => {
		const startUsage = process.cpuUsage();
		const { items } = await runWithValues(input, ['x'.repeat(LENGTH_LIMIT + 1), ...LONG_TEXTS]);
		expect(process.cpuUsage(startUsage).user).toBeLessThan(3_000_000);
		expect(items).toHaveLength(1 + LONG_TEXTS.length);
		for (const { error } of items) expect(error).toMatch(new RegExp(`^'${input.displayName}' cannot be ".{0,200}$`));
		expect(fixture.sandbox.requestLog).toEqual([]);
	});
});
