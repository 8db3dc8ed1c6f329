import { GoFiveError } from '../../nodes/GoFive/api/errors';
import { output } from '../../nodes/GoFive/operation/fields/output';
import { readText } from '../../nodes/GoFive/operation/fields/readValue';
import { createEmptyRecord, getOutput } from '../../nodes/GoFive/operation/records/formatRows';
import type { Column, Entity } from '../../nodes/GoFive/operation/entity';
import type { Output } from '../../nodes/GoFive/operation/field';

const textColumn = (name: string): Column => ({ displayName: name, type: 'text' });
const noteEntity: Entity = { pluralName: 'notes', columns: { text: textColumn('Text') } };
const ownedNoteEntity: Entity = {
	...noteEntity,
	columns: { text: textColumn('Text'), customerCode: textColumn('Customer Code') },
};
const buildEmptyRecord = (
	entity: Entity | undefined,
	{ customerCode, output }: { customerCode?: string; output?: Output },
) => {
	const referenceData = customerCode === undefined ? {} : { customerCode };
	return createEmptyRecord(entity, getOutput({ output }), referenceData, { timeZone: 'UTC', lookupTables: {}, now: 0 });
};

const customerCode = 'C000055';
test.each<[string, Entity | undefined, { customerCode?: string; output?: Output }, Record<string, unknown>]>([
	['contains the customer code without an entity', undefined, { customerCode }, { customerCode }],
	['adds the code to an entity without a customer', noteEntity, { customerCode }, { text: null, customerCode }],
	[
		'adds the code to an entity with an empty customer',
		ownedNoteEntity,
		{ customerCode },
		{ text: null, customerCode },
	],
	[
		'keeps the code if the selected fields lack it',
		noteEntity,
		{ customerCode, output: { mode: 'selected', fields: ['text'] } },
		{ text: null, customerCode },
	],
	['has no code if the operation has none', noteEntity, {}, { text: null }],
	['is empty without an entity and a code', undefined, {}, {}],
])('item for If Nothing Found: %s', (_, entity, fields, item) => {
	expect(buildEmptyRecord(entity, fields)).toEqual(item);
});

function getFailureText(action: () => unknown): string | undefined {
	try {
		action();
	} catch (error) {
		return (error as GoFiveError).text;
	}
	return undefined;
}

describe('number as text', () => {
	test.each([NaN, Infinity, -Infinity])('%p is the result of a calculation', (value) => {
		expect(getFailureText(() => readText(value, 'Customer Code'))).toBe(
			"The calculation in 'Customer Code' did not return a number. A column that the expression reads is empty or contains text, or the expression divides by zero. Correct the expression or the column.",
		);
	});

	test('a number that has lost digits must be text', () => {
		expect(getFailureText(() => readText(2 ** 53, 'Customer Code'))).toBe(
			"'Customer Code' cannot be 9007199254740992. The number is too long, and some of its digits may already be lost. Convert the number to text at its source. In a sheet, format the column as plain text.",
		);
	});

	test('other numbers are accepted', () => {
		expect([readText(55, 'Customer Code'), readText(-1.5, 'Customer Code')]).toEqual(['55', '-1.5']);
	});
});

describe('selected fields', () => {
	const readSelectedFields = (fields: unknown) =>
		output(noteEntity).read((name) => (name === 'output' ? 'selected' : fields), 'output', {
			timeZone: 'UTC',
			now: 0,
			addHint: () => undefined,
			addBlankHint: () => undefined,
			isExpression: () => true,
		});

	test.each<[unknown, string[]]>([
		[[' text '], ['text']],
		['text, text', ['text', 'text']],
		[[], []],
		[null, []],
	])('accepts %j', (input, fields) => {
		expect(readSelectedFields(input)).toEqual({ mode: 'selected', fields });
	});

	test.each<[unknown, string]>([
		['texts', '"texts"'],
		[[{ toString: 0 }], '{"toString":0}'],
		[{ text: true }, '{"text":true}'],
	])('rejects %j by name', (input, quotedValue) => {
		expect(getFailureText(() => readSelectedFields(input))).toBe(
			`'Fields' cannot contain ${quotedValue}. Use one or more of these values: text.`,
		);
	});
});
