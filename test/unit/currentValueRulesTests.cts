import {
	isEmpty,
	listNamedKeys,
	listUnreadKeys,
	mergeValues,
	repeatValues,
} from '../../nodes/GoFive/operation/kinds/update/currentValues';
import {
	findDifferences,
	isSameValue,
	listChanges,
	nameValues,
	type NamedValues,
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
	['2025-02-29', { form: 'day' }],
	['2025-02-29T00:00:00+0700', { form: 'day' }],
	['2025-01-30T24:00:00', { form: 'day' }],
	['2025-01-31T0:00:00', { form: 'day' }],
	[4, { form: 'number', codes: [1] }],
	['1', { form: 'number', codes: [1] }],
	[[1], { form: 'number', codes: [1] }],
	[{}, { form: 'rows', values: {} }],
	[['a'], { form: 'rows', values: {} }],
	[[{ a: 1 }], { form: 'rows', values: { a: { form: 'text', required: true } } }],
	[[{ a: ' ' }], { form: 'rows', values: { a: { form: 'text', required: true } } }],
	[[{ a: 'x' }, {}], { form: 'rows', values: { a: { form: 'text', required: true } } }],
	[{ a: 'x' }, { form: 'object', values: { a: { form: 'text' }, b: { form: 'text', required: true } } }],
	[[], { form: 'object', values: {} }],
])('%j is no value of %j', (value, current) => {
	expect(repeat(value, current)).toEqual({ body: {}, refused: new Map([['key', ['key']]]) });
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
	[3, { form: 'number', codes: [1, 3] }, 3],
	[0, { form: 'number', codes: [0, 1] }, 0],
	['', { form: 'text' }, ''],
	['', { form: 'phone' }, ''],
	[[{ a: null }], { form: 'rows', values: { a: { form: 'text' } } }, [{ a: null }]],
	[[], { form: 'rows', values: {} }, []],
	[{ a: [] }, { form: 'object', values: { a: { form: 'texts', required: true } } }, { a: [] }],
])('%j in the form %j is %j', (value, current, expected) => {
	expect(repeat(value, current).body).toEqual({ key: expected });
});

const repeatRecord = (record: Record<string, unknown>, values: CurrentValues, findCode?: (name: string) => unknown) =>
	repeatValues(record, values, { ...CONTEXT, ...(findCode && { findCode: (_key, name) => findCode(name) }) });

/** Returns the names of the fields that cannot be sent back. */
const listRefused = (record: Record<string, unknown>, values: CurrentValues) =>
	[...repeatRecord(record, values).refused.values()].flat();

test('a missing key is refused, and an empty value is not sent', () => {
	const values: CurrentValues = { a: { form: 'text' }, b: { form: 'text' }, c: { form: 'number' } };
	expect(repeatRecord({ b: null, c: '' }, values)).toEqual({ body: {}, refused: new Map([['a', ['a']]]) });
	expect(listUnreadKeys(repeatRecord({ b: null, c: '' }, values))).toEqual(['a']);
});

test('a value in a row that cannot be sent back is omitted, and an unknown key, too. Each is named once', () => {
	const values: CurrentValues = {
		rows: { form: 'rows', values: { a: { form: 'text' }, b: { form: 'object', values: { c: { form: 'text' } } } } },
	};
	const row = { a: 'x', b: { d: 1 }, other: 2 };
	const repeated = repeatRecord({ rows: [row, row, { a: 1, b: null }, { a: null, A: 'x' }] }, values);
	expect([...repeated.refused]).toEqual([
		['rows', ['rows > other', 'rows > b > d', 'rows > b > c', 'rows > a', 'rows > A', 'rows > b']],
	]);
	expect(repeated.body).toEqual({ rows: [{ a: 'x', b: {} }, { a: 'x', b: {} }, { b: null }, {}] });
	expect(listUnreadKeys(repeated)).toEqual([]);
});

describe('the key of the request and other keys', () => {
	const EMAIL: CurrentValues = { mail: { form: 'text', otherKey: 'email' } };
	const STATE: CurrentValues = { state: { form: 'number', codes: [1, 3], otherKey: 'type', otherCodes: { 11300: 3 } } };
	const OWNERS: CurrentValues = { owners: { form: 'texts', namesKey: 'names' } };

	test.each<[Record<string, unknown>, CurrentValues, unknown]>([
		[{ mail: 'a', email: 'b' }, EMAIL, 'a'],
		[{ mail: '', email: ' ' }, EMAIL, ''],
		[{ mail: null, email: null }, EMAIL, undefined],
		[{ mail: null, email: [] }, EMAIL, undefined],
		[{ email: 'b' }, EMAIL, 'b'],
		[{ email: null }, EMAIL, undefined],
		[{ mail: 'a', Email: 'b' }, EMAIL, 'a'],
		[{ state: 1, type: 11300 }, STATE, 1],
		[{ state: 1, type: 2 }, STATE, 1],
		[{ type: 11300 }, STATE, 3],
		[{ owners: ['c'], names: ['A'] }, OWNERS, ['c']],
		[{ owners: [], names: [] }, OWNERS, []],
		[{ names: [] }, OWNERS, undefined],
		[{ names: null }, OWNERS, undefined],
	])('%j', (record, values, expected) => {
		const { body, refused } = repeatRecord(record, values);
		expect(body).toEqual(expected === undefined ? {} : { [Object.keys(values)[0] ?? '']: expected });
		expect([...refused]).toEqual([]);
	});

	test.each<[Record<string, unknown>, CurrentValues]>([
		[{ mail: '', email: 'b' }, EMAIL],
		[{ mail: null, email: 'b' }, EMAIL],
		[{ mail: ' ', Email: 'b' }, EMAIL],
		[{ mail: 1, email: 'b' }, EMAIL],
		[{ email: 1 }, EMAIL],
		[{ Email: 'b' }, EMAIL],
		[{ Mail: 'a' }, EMAIL],
		[{ Mail: 'a', email: 'b' }, EMAIL],
		[{ mail: 'a', Mail: 'a' }, EMAIL],
		[{ state: 2, type: 11300 }, STATE],
		[{ state: null, type: 11300 }, STATE],
		[{ type: 3 }, STATE],
		[{ type: '11300' }, STATE],
		[{ type: null }, STATE],
		[{}, STATE],
		[{ owners: [], names: ['A'] }, OWNERS],
		[{ owners: null, names: 'A' }, OWNERS],
		[{}, OWNERS],
	])('%j is refused', (record, values) => {
		const [key = ''] = Object.keys(values);
		expect(repeatRecord(record, values)).toEqual({ body: {}, refused: new Map([[key, [key]]]) });
	});

	const CODES: Record<string, unknown> = { A: 'a', B: 'b', Twin: 'a', 'No Code': ' ', Number: 1 };
	const findCode = (name: string) => CODES[name];

	test.each([
		[
			['A', 'B'],
			['a', 'b'],
		],
		['A', ['a']],
	])('the names %j have the codes %j', (names, owners) => {
		expect(repeatRecord({ names }, OWNERS, findCode).body).toEqual({ owners });
	});

	test.each([[['A', 'X']], [['A', 'A']], [['A', 'Twin']], [['No Code']], ['Number'], [[1]], [['A', null]]])(
		'the names %j are not clear',
		(names) => {
			expect(repeatRecord({ names }, OWNERS, findCode).refused.get('owners')).toEqual(['owners']);
		},
	);

	test('a list is needed for names without their codes', () => {
		const values: CurrentValues = { ...OWNERS, ...EMAIL };
		const records = [{ names: ['A'] }, { names: [] }, { owners: [], names: ['A'] }, { owners: null, names: ['A'] }, {}];
		expect(records.map((record) => listNamedKeys(record, values))).toEqual([['owners'], [], [], [], []]);
	});

	test('names without a list are not clear', () => expect(listRefused({ names: ['A'] }, OWNERS)).toEqual(['owners']));
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

test('a value that only one of two records has is a change and a difference', () => {
	const values: CurrentValues = { b: { form: 'amount' } };
	const [one, two] = [
		{ a: 'x', b: 1, c: 3 },
		{ a: 'x', c: 3 },
	].map((body) => nameValues(body, values, getLabel, (key) => key !== 'c')) as [NamedValues, NamedValues];
	const different = nameValues({ a: 'x', b: 1.001, c: 4 }, values, getLabel, (key) => key !== 'c');
	expect(listChanges(one, two)).toEqual([{ field: 'b', before: 1, after: null }]);
	expect(listChanges(two, one)).toEqual([{ field: 'b', before: null, after: 1 }]);
	expect([findDifferences(one, two), findDifferences(two, one)]).toEqual([['b'], ['b']]);
	// Also if a request cannot contain the value.
	const other = nameValues({ other: 1 }, {}, getLabel);
	expect([findDifferences(other, new Map()), findDifferences(new Map(), other)]).toEqual([['other'], ['other']]);
	expect(findDifferences(one, different)).toEqual([]);
});

test('values that are not known are listed, too', () => {
	const named = nameValues({ a: 'x', b: null, c: 1 }, {}, getLabel);
	expect(listChanges(named, named, ['b', 'c'])).toEqual([
		{ field: 'b', before: null, after: null },
		{ field: 'c', before: 1, after: 1 },
	]);
});

test.each([
	[undefined, true],
	[null, true],
	[' ', true],
	[[], true],
	[[null], false],
	[0, false],
	[false, false],
	[{}, false],
])('%j is empty: %p', (value, expected) => expect(isEmpty(value)).toBe(expected));

test('a row without a key changes the only row', () => {
	const body = { name: 'x', prices: [{ tier: 'A', price: 1 }] };
	const expected = { name: 'x', prices: [{ tier: 'A', price: 2 }] };
	expect(mergeValues(body, { prices: [{ price: 2 }] }, ROWS, getLabel)).toEqual(expected);
});

test.each([
	[{ prices: [] }, { price: 1 }, "The record has no 'tier' to change. Add it in Venio first."],
	[{}, { tier: 'A' }, "The record has no 'tier' to change. Add it in Venio first."],
	[BODY, { price: 1 }, 'Use one of these values: A, B.'],
	[BODY, { tier: 'a' }, 'Use one of these values: A, B.'],
	[
		{ prices: [{ tier: 'A' }, { tier: 'B' }, { tier: 'A' }] },
		{ tier: 'A' },
		'The record contains this value more than once. Change this record in Venio instead.',
	],
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
	['081-234-5678', '+66 (81) 234.5678', 'phone', true],
	['081 234 5678', ' +66812345678 ', 'phone', true],
	['081-234-5678', '66 81 234 5678', 'phone', false],
	['02-123-4567 ต่อ 8', '021234567 ต่อ 8', 'phone', false],
	['02-123-4567 ต่อ 8', '02-123-4567  ต่อ 8 ', 'phone', true],
	['02-123-4567, 8', '0212345678', 'phone', false],
	['-', '+', 'phone', false],
	['02+66', '066', 'phone', false],
	['a b', 'ab', 'text', false],
	['Cafe\u0301', 'Caf\u00e9', 'text', true],
	[['Cafe\u0301'], ['Caf\u00e9'], 'texts', true],
	[['a', 'b'], ['b', 'a'], { form: 'texts', isOrdered: true }, false],
	[['a', 'b'], ['a ', 'b'], { form: 'texts', isOrdered: true }, true],
	[[], null, { form: 'texts', isOrdered: true }, true],
	[180.004, 180, 'amount', true],
	[180.01, 180, 'amount', false],
	[180.004, 180, 'number', false],
	[['a', 'b'], ['b', ' a'], 'texts', true],
	[['a', 'a'], ['a'], 'texts', false],
	[['a'], ['a', 'a'], 'texts', false],
	[[{ latitude: 1.001 }, { latitude: null }], [{}, { latitude: 1.001 }], COORDINATES, true],
	[[{ latitude: 1.001 }], [{ latitude: 1 }], COORDINATES, false],
	[{ a: { b: 'x' } }, { a: { b: null } }, { form: 'object', values: {} }, false],
	[{ a: 'x' }, { a: ' x' }, 'text', true],
	[{ a: 'x' }, { a: 'y' }, 'text', false],
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

test('the order of rows with the same key is no difference, and their values are', () => {
	const name = (...prices: number[]) =>
		nameValues({ prices: prices.map((price) => ({ tier: 'A', price })) }, ROWS, getLabel);
	expect(findDifferences(name(1, 2, 3), name(3, 1, 2))).toEqual([]);
	expect(findDifferences(name(1, 2), name(2, 3))).toEqual(['price (A)', 'price (A) (again)']);
});
