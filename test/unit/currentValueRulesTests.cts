import { mergeValues, repeatValues } from '../../nodes/GoFive/operation/kinds/update/currentValues';
import {
	findDifferences,
	isSameValue,
	listChanges,
	nameValues,
} from '../../nodes/GoFive/operation/kinds/update/valueChanges';
import type { CurrentValue, CurrentValues, ValueForm } from '../../nodes/GoFive/operation/kinds/update/defineUpdate';

const getLabel = (key: string) => key;

const CONTEXT = { timeZone: 'Asia/Bangkok', getLabel };

const repeat = (value: unknown, current: CurrentValue) => repeatValues({ key: value }, { key: current }, CONTEXT);

test.each<[unknown, CurrentValue]>([
	[1, { form: 'text' }],
	['1', { form: 'number' }],
	[2 ** 53, { form: 'number' }],
	[Number.NaN, { form: 'number' }],
	['true', { form: 'boolean' }],
	['a, b', { form: 'texts' }],
	[['a', 1], { form: 'texts' }],
	['2025-01-31T10:00:00', { form: 'day' }],
	['31/01/2025', { form: 'day' }],
	[4, { form: 'number', codes: { 1: 1 } }],
	['toString', { form: 'number', codes: { 1: 1 } }],
	[{}, { form: 'rows', values: {} }],
	[['a'], { form: 'rows', values: {} }],
	[[{ a: 1 }], { form: 'rows', values: { a: { form: 'text' } } }],
	[[{ b: 1 }], { form: 'rows', values: { a: { form: 'text', required: true } } }],
	[[], { form: 'object', values: {} }],
])('%j is no value of %j', (value, current) => {
	expect(repeat(value, current)).toMatchObject({ body: {}, unusableKeys: ['key'] });
});

test.each<[unknown, CurrentValue, unknown]>([
	[' x ', { form: 'text' }, ' x '],
	[' 02', { form: 'phone' }, ' 02'],
	[0.1, { form: 'number' }, 0.1],
	[180.004, { form: 'amount' }, 180.004],
	[false, { form: 'boolean' }, false],
	[[' a', ''], { form: 'texts' }, [' a', '']],
	['2025-01-31', { form: 'day' }, '2025-01-31'],
	['2025-01-31T00:00:00', { form: 'day' }, '2025-01-31'],
	['2025-01-31T00:00:00+0700', { form: 'day' }, '2025-01-31'],
	['2025-01-30T17:00:00Z', { form: 'day' }, '2025-01-31'],
	['11300', { form: 'number', codes: { 11300: 3 } }, 3],
	[[{ a: null }], { form: 'rows', values: { a: { form: 'text' } } }, [{ a: null }]],
	[[], { form: 'rows', values: {} }, []],
])('%j in the form %j is %j', (value, current, expected) => {
	expect(repeat(value, current).body).toEqual({ key: expected });
});

test('a missing key is named, null and a code without a meaning are not', () => {
	const values: CurrentValues = { a: { form: 'text' }, b: { form: 'text' }, c: { form: 'number', codes: { 9: null } } };
	const { body, missing, unusableKeys } = repeatValues({ b: null, c: 9 }, values, CONTEXT);
	expect([...missing]).toEqual([
		['a', ['a']],
		['b', []],
		['c', []],
	]);
	expect({ body, unusableKeys }).toEqual({ body: {}, unusableKeys: [] });
});

test('an unknown key of a row and of an object in it, and a missing one, are named once', () => {
	const values: CurrentValues = {
		rows: { form: 'rows', values: { a: { form: 'text' }, b: { form: 'object', values: { c: { form: 'text' } } } } },
	};
	const row = { a: 'x', b: { d: 1 }, other: 2 };
	const { missing } = repeatValues({ rows: [row, row, { b: null }] }, values, CONTEXT);
	expect(missing.get('rows')).toEqual(['rows > other', 'rows > b > d', 'rows > b > c', 'rows > a']);
});

test('the first path with a usable value counts', () => {
	const current: CurrentValue = { form: 'number', codes: { 1: 1, 11300: 3 }, paths: ['state', 'type'] };
	for (const [record, expected] of [
		[{ state: 1, type: 11300 }, 1],
		[{ state: null, type: 11300 }, 3],
		[{ type: 11300 }, 3],
	] as const)
		expect(repeatValues(record, { key: current }, CONTEXT).body).toEqual({ key: expected });
});

describe('names in place of codes', () => {
	const values: CurrentValues = { owners: { form: 'texts', namesPath: 'names' } };
	const codes: Record<string, string> = { A: 'a', B: 'b' };
	const findCode = (_key: string, name: string) => codes[name];

	test.each([
		[{ names: ['A', 'B'] }, { owners: ['a', 'b'] }],
		[{ names: 'A' }, { owners: ['a'] }],
		[{ names: [] }, { owners: [] }],
		[{ owners: ['c'], names: ['A'] }, { owners: ['c'] }],
	])('%j is %j', (record, expected) => {
		expect(repeatValues(record, values, { ...CONTEXT, findCode }).body).toEqual(expected);
	});

	test.each([[{ names: ['A', 'X'] }], [{ names: [1] }]])('%j is not clear', (record) => {
		expect(repeatValues(record, values, { ...CONTEXT, findCode }).unusableKeys).toEqual(['owners']);
	});
});

const ROWS: CurrentValues = {
	prices: { form: 'rows', rowKey: 'tier', values: { tier: { form: 'text' }, price: { form: 'number' } } },
	tags: { form: 'texts', derived: ['tagCount'] },
};
const BODY = {
	prices: [
		{ tier: 'A', price: 1, vat: 7 },
		{ tier: 'B', price: 2 },
	],
	tags: ['x'],
};

test('a row changes only the values that it contains, and lists without a key are replaced', () => {
	const merged = mergeValues(BODY, { prices: [{ tier: 'B', price: 3 }], tags: ['y'] }, ROWS, getLabel);
	expect(merged).toEqual({ prices: [BODY.prices[0], { tier: 'B', price: 3 }], tags: ['y'] });
	expect(BODY.prices[1]).toEqual({ tier: 'B', price: 2 });
	expect(listChanges(nameValues(BODY, ROWS, getLabel), nameValues(merged, ROWS, getLabel))).toEqual([
		{ field: 'price (B)', before: 2, after: 3 },
		{ field: 'tags', before: ['x'], after: ['y'] },
	]);
});

test('a row without a key changes the only row', () => {
	const body = { prices: [{ tier: 'A', price: 1 }] };
	expect(mergeValues(body, { prices: [{ price: 2 }] }, ROWS, getLabel)).toEqual({ prices: [{ tier: 'A', price: 2 }] });
});

test.each([
	[{ prices: [] }, { price: 1 }, "The record has no 'tier' to change. Add it in Venio first."],
	[{}, { tier: 'A' }, "The record has no 'tier' to change. Add it in Venio first."],
	[BODY, { price: 1 }, 'Use one of: A, B.'],
	[BODY, { tier: 'a' }, 'Use one of: A, B.'],
])('in %j no row is %j', (body, row, description) => {
	let error: unknown;
	try {
		mergeValues(body, { prices: [row] }, ROWS, getLabel);
	} catch (thrown) {
		error = thrown;
	}
	expect(error).toMatchObject({ description });
});

const COORDINATES: CurrentValue = { form: 'rows', values: { latitude: { form: 'number' } } };

test.each<[unknown, unknown, ValueForm | CurrentValue, boolean]>([
	['a', 'b', 'text', false],
	['a', '', 'text', false],
	[' a  b\n', 'a b', 'text', true],
	['', null, 'text', true],
	[null, undefined, 'text', true],
	[[], null, 'texts', true],
	[null, 0, 'number', false],
	[null, false, 'boolean', false],
	[1, 0, 'number', false],
	['021112222', '+66 2 111-2222', 'phone', true],
	['021112222', '+6621112223', 'phone', false],
	['021112222', '+6621112222', 'text', false],
	['None', 'Unknown', 'phone', false],
	[180.004, 180, 'amount', true],
	[180.01, 180, 'amount', false],
	[180.004, 180, 'number', false],
	[['a', 'b'], ['b', ' a'], 'texts', true],
	[['a', 'a'], ['a'], 'texts', false],
	[['a'], ['a', 'a'], 'texts', false],
	[[{ latitude: 1.001 }, { latitude: null }], [{}, { latitude: 1.001 }], COORDINATES, true],
	[[{ latitude: 1.001 }], [{ latitude: 1 }], COORDINATES, false],
	[{ a: { b: 'x' } }, { a: { b: null } }, { form: 'object', values: {} }, false],
])('%j and %j in the form %j are the same: %p', (a, b, form, isSame) => {
	const current = typeof form === 'string' ? { form } : form;
	expect(isSameValue(a, b, current)).toBe(isSame);
	expect(isSameValue(b, a, current)).toBe(isSame);
});

test('rows with a key are compared one by one, lost, added and repeated ones too', () => {
	const compare = (after: object[]) =>
		findDifferences(nameValues(BODY, ROWS, getLabel), nameValues({ ...BODY, prices: after }, ROWS, getLabel));
	const [a = {}, b = {}] = BODY.prices;
	expect(compare([b, a])).toEqual([]);
	expect(compare([a])).toEqual(['tier (B)', 'price (B)']);
	expect(compare([a, { ...b, price: 5 }])).toEqual(['price (B)']);
	expect(compare([a, b, b])).toEqual(['tier (B) (again)', 'price (B) (again)']);
});
