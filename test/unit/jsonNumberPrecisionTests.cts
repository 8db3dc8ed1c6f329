import type { INodeProperties } from 'n8n-workflow';
import type { ErrorText, GoFiveError } from '../../nodes/GoFive/api/errors';
import type { ApiRequest } from '../../nodes/GoFive/api/request';
import { INEXACT_NUMBER_DESCRIPTION } from '../../nodes/GoFive/operation/fields/readValue';
import {
	allOperations,
	buildOperationRequest,
	getExampleParameters,
	getOperationProperties,
} from '../support/operationParameters.cts';

/** JSON inputs of all operations. Body of Any Endpoint is excluded, because it is sent as it is written. */
const jsonInputs = allOperations.flatMap(({ name, operation }) =>
	getOperationProperties(operation)
		.flatMap((property) => {
			const nested = property.type === 'collection' ? ((property.options ?? []) as INodeProperties[]) : [];
			return [{ property }, ...nested.map((option) => ({ property: option, collection: property.name }))];
		})
		.filter(({ property }) => property.type === 'json' && property.name !== 'body')
		.map((input: { property: INodeProperties; collection?: string }) => ({ name, operation, ...input })),
);

test('finds JSON inputs', () => {
	expect(new Set(jsonInputs.map(({ property }) => property.name))).toEqual(
		new Set([
			'expenseDetailsJson',
			'otherFieldsJson',
			'otherFiltersJson',
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

/** Builds the request with a value of a JSON input: a text, or what an expression returns. */
function buildRequestWith(
	{ operation, property, collection }: (typeof jsonInputs)[number],
	value: unknown,
): ApiRequest {
	const inputModeName = property.name.replace(/Json$/, 'Input');
	const hasInputMode = getOperationProperties(operation).some((candidate) => candidate.name === inputModeName);
	return buildOperationRequest(operation, {
		...getExampleParameters(operation),
		...(hasInputMode && { [inputModeName]: 'json' }),
		...(collection ? { [collection]: { [property.name]: value } } : { [property.name]: value }),
	});
}

/** Returns the error of a value. Its message is empty if the value is accepted. */
function rejectValue(input: (typeof jsonInputs)[number], value: unknown): ErrorText {
	try {
		buildRequestWith(input, value);
		return { message: '', description: '' };
	} catch (error) {
		return error as GoFiveError;
	}
}

describe.each(jsonInputs)('$name: $property.displayName', (input) => {
	const { displayName } = input.property;

	test.each<[unknown, string, string]>([
		...[
			['{"a": "12345678901234567890 \\" 1e99", "b": [{"c": 12345678901234567890}]}', '12345678901234567890'],
			['[{"a": -9007199254740993}]', '-9007199254740993'],
			['{"a": 1e400}', '1e400'],
			['{"a": 1234567.12345678901234567890}', '1234567.12345678901234567890'],
		].map(([json = '', number = '']): [string, string, string] => [
			json,
			number,
			`put it in quotation marks: "${number}".`,
		]),
		[{ a: 2 ** 53 * 1000 }, String(2 ** 53 * 1000), INEXACT_NUMBER_DESCRIPTION],
	])('rejects %j, which would be sent with other digits', (value, rejectedNumber, advice) => {
		const { message, description } = rejectValue(input, value);
		const labels = [displayName, displayName.replace(' (JSON)', '')];
		expect(labels.map((label) => `'${label}' cannot contain the number ${rejectedNumber}`)).toContain(message);
		expect(description).toContain(advice);
	});

	test.each(ACCEPTED_TEXTS)('accepts %s', (json) => {
		expect(rejectValue(input, json).message).not.toContain('cannot contain the number');
	});
});

// Rows reject unknown keys.
describe.each(jsonInputs.filter(({ property }) => /^other\w+Json$/.test(property.name)))('$name', (input) => {
	test.each(ACCEPTED_TEXTS)('sends %s', (json) => {
		expect(buildRequestWith(input, json).body).toMatchObject(JSON.parse(json) as object);
	});
});
