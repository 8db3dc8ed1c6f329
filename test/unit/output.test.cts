import { Failure } from '../../nodes/GoFive/api/words/failure';
import { output } from '../../nodes/GoFive/operation/fields/output';
import { readText } from '../../nodes/GoFive/operation/fields/read';
import { emptyRecord, outputOf } from '../../nodes/GoFive/operation/run/present';
import type { Column, Entity, Output } from '../../nodes/GoFive/operation/types';

const column = (name: string): Column => ({ name, type: 'text' });
const note: Entity = { plural: 'notes', columns: { text: column('Text') } };
const owned: Entity = { ...note, columns: { text: column('Text'), customerCode: column('Customer Code') } };
const emptyOf = (entity: Entity | undefined, { customerCode, output }: { customerCode?: string; output?: Output }) =>
	emptyRecord(entity, outputOf({ output }), customerCode === undefined ? {} : { customerCode });

describe('the item that stands for nothing found', () => {
	const customerCode = 'C000055';
	test.each<[string, Entity | undefined, { customerCode?: string; output?: Output }, Record<string, unknown>]>([
		['without an entity it is the customer code', undefined, { customerCode }, { customerCode }],
		['an entity that knows no customer gets the code', note, { customerCode }, { text: null, customerCode }],
		['an entity that left the customer empty gets the code', owned, { customerCode }, { text: null, customerCode }],
		['selected fields without it keep it', note, { customerCode, output: { mode: 'selected', fields: ['text'] } }, { text: null, customerCode }],
		['an operation without a code has none', note, {}, { text: null }],
		['without an entity and a code it is empty', undefined, {}, {}],
	])('%s', (_, entity, fields, item) => {
		expect(emptyOf(entity, fields)).toEqual(item);
	});
});

function refusalOf(work: () => unknown): string | undefined {
	try {
		work();
	} catch (thrown) {
		return (thrown as Failure).text;
	}
	return undefined;
}

describe('a number for a text', () => {
	test.each([NaN, Infinity, -Infinity])('%p comes of a calculation', (value) => {
		expect(refusalOf(() => readText(value, 'Customer Code'))).toBe(
			"The calculation behind 'Customer Code' did not give a number. A column that it reads is empty or holds text, or something is divided by zero. Correct the expression or the column. Nothing was sent for this item.",
		);
	});

	test('one that has lost digits is to be given as text', () => {
		expect(refusalOf(() => readText(2 ** 53, 'Customer Code'))).toBe("'Customer Code' cannot be 9007199254740992. Give it as text, between quotation marks.");
	});

	test('any other is taken', () => {
		expect([readText(55, 'Customer Code'), readText(-1.5, 'Customer Code')]).toEqual(['55', '-1.5']);
	});
});

describe('selected fields', () => {
	const read = (fields: unknown) => output(note).read((name) => (name === 'output' ? 'selected' : fields), 'output', { timeZone: 'UTC', now: 0, hint: () => undefined, isExpression: () => true });

	test.each<[unknown, string[]]>([
		[[' text '], ['text']],
		['text, text', ['text', 'text']],
		[[], []],
		[null, []],
	])('%j are taken', (given, fields) => {
		expect(read(given)).toEqual({ mode: 'selected', fields });
	});

	test.each<[unknown, string]>([
		['texts', '"texts"'],
		[[{ toString: 0 }], '{"toString":0}'],
		[{ text: true }, '{"text":true}'],
	])('%j are refused by name', (given, quoted) => {
		expect(refusalOf(() => read(given))).toBe(`'Fields' cannot hold ${quoted}. The fields are: text.`);
	});
});
