import type { IDataObject } from 'n8n-workflow';
import { allOperations, getOperationProperties } from '../../support/operationParameters.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();

/** JSON inputs of all operations. Body of Any Endpoint is excluded, because it is sent as it is written. */
const jsonInputs = allOperations.flatMap(({ name, operation }) =>
	getOperationProperties(operation)
		.filter((property) => property.type === 'json' && property.name !== 'body')
		.map((property) => ({ name, operation, property })),
);

test('finds JSON inputs', () => {
	expect(new Set(jsonInputs.map(({ property }) => property.name))).toEqual(
		new Set([
			'otherFieldsJson',
			'pricesJson',
			'productVariantJson',
			'queryJson',
			'quotationDetailsJson',
			'salesOrderDetailsJson',
		]),
	);
});

const ACCEPTED_TEXTS = [
	'{"x": "12345678901234567890"}',
	'{"x": -9007199254740991}',
	'{"x": 1.10}',
	'{"x": 0.30000000000000004}',
	'{"x": 9007199254740992}',
	'{"x": 1e21}',
];

async function runWithJson({ name, operation, property }: (typeof jsonInputs)[number], json: string) {
	const inputModeName = property.name.replace(/Json$/, 'Input');
	const hasInputMode = getOperationProperties(operation).some((candidate) => candidate.name === inputModeName);
	return await fixture.runExample(name, {
		...(hasInputMode && { [inputModeName]: 'json' }),
		[property.name]: json,
	});
}

describe.each(jsonInputs)('$name: $property.displayName', (input) => {
	const { property } = input;

	test.each([
		['{"a": "12345678901234567890 \\" 1e99", "b": [{"c": 12345678901234567890}]}', '12345678901234567890'],
		['[{"a": -9007199254740993}]', '-9007199254740993'],
		['{"a": 1e400}', '1e400'],
		['{"a": 1234567.12345678901234567890}', '1234567.12345678901234567890'],
		['={{ { a: 12345678901234567890 } }}', '12345678901234567000'],
	])('rejects %s, which would be sent with other digits', async (json, refusedNumber) => {
		const { error } = await runWithJson(input, json);
		const labelWithoutSuffix = property.displayName.replace(' (JSON)', '');
		expect(
			[property.displayName, labelWithoutSuffix].map(
				(label) => `'${label}' cannot contain the number ${refusedNumber}`,
			),
		).toContain(error?.message);
		expect(error?.description).toContain(
			json.startsWith('=')
				? 'Convert the number to text at its source.'
				: `put it in quotation marks: "${refusedNumber}". Nothing`,
		);
		expect(fixture.sandbox.requestLog).toEqual([]);
	});

	test.each(ACCEPTED_TEXTS)('accepts %s', async (json) => {
		const { error } = await runWithJson(input, json);
		expect(`${error?.message}`).not.toContain('cannot contain the number');
	});
});

// Rows reject unknown keys.
describe.each(jsonInputs.filter(({ property }) => property.name === 'otherFieldsJson'))('$name', (input) => {
	test.each(ACCEPTED_TEXTS)('sends %s', async (json) => {
		await runWithJson(input, json);
		expect(JSON.parse(fixture.sandbox.requestLog.at(-1)?.body ?? '{}')).toMatchObject(JSON.parse(json) as IDataObject);
	});
});
