import { GoFiveError } from '../../nodes/GoFive/api/errors/goFiveError';
import { output } from '../../nodes/GoFive/operation/fields/output';
import { readText } from '../../nodes/GoFive/operation/fields/readValue';
import { createEmptyRecord, getOutput } from '../../nodes/GoFive/operation/execute/formatRecords';
import type { Column, Entity, Output } from '../../nodes/GoFive/operation/types';

const textColumn = (name: string): Column => ({ displayName: name, type: 'text' });
const noteEntity: Entity = { pluralName: 'notes', columns: { text: textColumn('Text') } };
const ownedNoteEntity: Entity = {
	...noteEntity,
	columns: { text: textColumn('Text'), customerCode: textColumn('Customer Code') },
};
const buildEmptyRecord = (
	entity: Entity | undefined,
	{ customerCode, output }: { customerCode?: string; output?: Output },
) => createEmptyRecord(entity, getOutput({ output }), customerCode === undefined ? {} : { customerCode });

describe('the item that stands for nothing found', () => {
	const customerCode = 'C000055';
	test.each<[string, Entity | undefined, { customerCode?: string; output?: Output }, Record<string, unknown>]>([
		['without an entity it is the customer code', undefined, { customerCode }, { customerCode }],
		['an entity that knows no customer gets the code', noteEntity, { customerCode }, { text: null, customerCode }],
		[
			'an entity that left the customer empty gets the code',
			ownedNoteEntity,
			{ customerCode },
			{ text: null, customerCode },
		],
		[
			'selected fields without it keep it',
			noteEntity,
			{ customerCode, output: { mode: 'selected', fields: ['text'] } },
			{ text: null, customerCode },
		],
		['an operation without a code has none', noteEntity, {}, { text: null }],
		['without an entity and a code it is empty', undefined, {}, {}],
	])('%s', (_, entity, fields, item) => {
		expect(buildEmptyRecord(entity, fields)).toEqual(item);
	});
});

function getFailureText(action: () => unknown): string | undefined {
	try {
		action();
	} catch (error) {
		return (error as GoFiveError).text;
	}
	return undefined;
}

describe('a number for a text', () => {
	test.each([NaN, Infinity, -Infinity])('%p comes of a calculation', (value) => {
		expect(getFailureText(() => readText(value, 'Customer Code'))).toBe(
			"The calculation in 'Customer Code' did not return a number. A column that the expression reads is empty or contains text, or the expression divides by zero. Correct the expression or the column. Nothing was sent for this item.",
		);
	});

	test('one that has lost digits is to be given as text', () => {
		expect(getFailureText(() => readText(2 ** 53, 'Customer Code'))).toBe(
			"'Customer Code' cannot be 9007199254740992. Enter it as text, in quotation marks.",
		);
	});

	test('any other is taken', () => {
		expect([readText(55, 'Customer Code'), readText(-1.5, 'Customer Code')]).toEqual(['55', '-1.5']);
	});
});

describe('selected fields', () => {
	const readSelectedFields = (fields: unknown) =>
		output(noteEntity).read((name) => (name === 'output' ? 'selected' : fields), 'output', {
			timeZone: 'UTC',
			now: 0,
			addHint: () => undefined,
			isExpression: () => true,
		});

	test.each<[unknown, string[]]>([
		[[' text '], ['text']],
		['text, text', ['text', 'text']],
		[[], []],
		[null, []],
	])('%j are taken', (input, fields) => {
		expect(readSelectedFields(input)).toEqual({ mode: 'selected', fields });
	});

	test.each<[unknown, string]>([
		['texts', '"texts"'],
		[[{ toString: 0 }], '{"toString":0}'],
		[{ text: true }, '{"text":true}'],
	])('%j are refused by name', (input, quotedValue) => {
		expect(getFailureText(() => readSelectedFields(input))).toBe(
			`'Fields' cannot contain ${quotedValue}. The fields are: text.`,
		);
	});
});
