import { isEmpty, listNamedKeys, readValues } from '../../nodes/GoFive/operation/kinds/update/currentValues';
import {
	findDifferences,
	listChanges,
	nameValues,
	toOutput,
	type NamedValues,
} from '../../nodes/GoFive/operation/kinds/update/valueChanges';
import type { CurrentValue, CurrentValues, ValueForm } from '../../nodes/GoFive/operation/kinds/update/defineUpdate';
import { options, rows, toOptions, type Field } from '../../nodes/GoFive/operation';

const getLabel = (key: string) => key;

const CONTEXT = { timeZone: 'Asia/Bangkok', getLabel };

const read = (value: unknown, current: CurrentValue) => readValues({ key: value }, { key: current }, CONTEXT);

const refusedKey = (...names: string[]) => new Map([['key', names]]);

test.each<[unknown, CurrentValue]>([
	[1, { form: 'text' }],
	['1', { form: 'number' }],
	[2 ** 53, { form: 'number' }],
	[Number.NaN, { form: 'number' }],
	['true', { form: 'boolean' }],
	['a, b', { form: 'texts' }],
	[['a', 1], { form: 'texts' }],
	['2025-01-31T10:00:00', { form: 'date' }],
	['31/01/2025', { form: 'date' }],
	['2025-02-29', { form: 'date' }],
	['2025-02-29T00:00:00+0700', { form: 'date' }],
	['2025-01-30T24:00:00', { form: 'date' }],
	['2025-01-31T0:00:00', { form: 'date' }],
	[4, { form: 'number', codes: [1] }],
	['1', { form: 'number', codes: [1] }],
	[[1], { form: 'number', codes: [1] }],
	[{ a: 1 }, { form: 'rows', values: { a: { form: 'number' } } }],
	['x', { form: 'rows', values: {} }],
	[['a'], { form: 'object', values: {} }],
])('%j is no value of %j', (value, current) => {
	expect(read(value, current)).toEqual({ values: { key: value }, refused: refusedKey('key') });
});

test.each<[unknown, CurrentValue]>([
	[['a'], { form: 'rows', values: {} }],
	[[{ b: 'x' }], { form: 'rows', values: { a: { form: 'text', required: true }, b: { form: 'text' } } }],
	[[{ a: ' ', b: 'x' }], { form: 'rows', values: { a: { form: 'text', required: true }, b: { form: 'text' } } }],
	[{ a: 'x' }, { form: 'object', values: { a: { form: 'text' }, b: { form: 'text', required: true } } }],
])('%j is not complete: %j', (value, current) => expect(read(value, current).refused).toEqual(refusedKey('key')));

test.each<[unknown, CurrentValue, unknown]>([
	[' x ', { form: 'text' }, ' x '],
	[' 02', { form: 'phone' }, ' 02'],
	[0, { form: 'number' }, 0],
	[0.1, { form: 'number' }, 0.1],
	[180.004, { form: 'amount' }, 180.004],
	[false, { form: 'boolean' }, false],
	[[' a', ''], { form: 'texts' }, [' a', '']],
	['2025-01-31', { form: 'date' }, '2025-01-31'],
	['2025-01-31T00:00:00', { form: 'date' }, '2025-01-31'],
	['2025-01-31T00:00:00+0700', { form: 'date' }, '2025-01-31'],
	['2025-01-30T17:00:00Z', { form: 'date' }, '2025-01-31'],
	['2025-01-31T10:00:00', { form: 'date', dateFormat: 'withOffset' }, '2025-01-31T10:00:00+0700'],
	[3, { form: 'number', codes: [1, 3] }, 3],
	[0, { form: 'number', codes: [0, 1] }, 0],
	[[{ a: 'x', b: null }], { form: 'rows', values: { a: { form: 'text' }, b: { form: 'text' } } }, [{ a: 'x' }]],
	[[{ a: 'x' }, { a: null }, {}], { form: 'rows', values: { a: { form: 'text' } } }, [{ a: 'x' }]],
	[{ a: 'x', other: ' ' }, { form: 'object', values: { a: { form: 'text', required: true } } }, { a: 'x' }],
])('%j in the form %j is %j', (value, current, expected) => {
	expect(read(value, current)).toEqual({ values: { key: expected }, refused: new Map() });
});

test.each([
	[undefined, true],
	[null, true],
	[' ', true],
	[[], true],
	[[null], true],
	[{ a: [''] }, true],
	[0, false],
	[false, false],
	[{ a: [0] }, false],
])('%j is empty: %p', (value, expected) => expect(isEmpty(value)).toBe(expected));

test('a missing key is refused, and an empty value is not sent', () => {
	const values: CurrentValues = { a: { form: 'text' }, b: { form: 'text' }, c: { form: 'number' } };
	expect(readValues({ b: null, c: '' }, values, CONTEXT)).toEqual({ values: {}, refused: new Map([['a', ['a']]]) });
});

describe('parts of rows', () => {
	const VALUES: CurrentValues = {
		rows: { form: 'rows', values: { a: { form: 'text' }, b: { form: 'object', values: { c: { form: 'text' } } } } },
	};
	const row = { a: 'x', b: { c: 'y', d: 1 }, other: 2 };

	test('that cannot be read, or that no request has, are refused by name, each once', () => {
		const { refused } = readValues({ rows: [row, row, { a: 1, b: { c: 'y' } }] }, VALUES, CONTEXT);
		expect(refused.get('rows')).toEqual(['rows > other', 'rows > b > d', 'rows > a']);
	});

	test('of a row without a known one are refused by name, too', () =>
		expect(read([{ b: 1 }], { form: 'rows', values: { a: { form: 'text' } } }).refused).toEqual(refusedKey('key > b')));

	test('that the user names are neither read nor refused', () => {
		const isOmitted = (name: string) => ['rows > other', 'rows > b > d', 'rows > a'].includes(name);
		expect(readValues({ rows: [row] }, VALUES, { ...CONTEXT, isOmitted })).toEqual({
			values: { rows: [{ b: { c: 'y' } }] },
			refused: new Map(),
		});
	});

	test('a whole field that the user names is neither read nor refused', () => {
		const isOmitted = () => true;
		expect(readValues({}, VALUES, { ...CONTEXT, isOmitted })).toEqual({ values: {}, refused: new Map() });
		expect(readValues({ rows: 1 }, VALUES, { ...CONTEXT, isOmitted })).toEqual({ values: {}, refused: new Map() });
	});
});

describe('the key of the request and other keys', () => {
	const EMAIL: CurrentValues = { mail: { form: 'text', otherKey: 'email' } };
	const STATE: CurrentValues = { state: { form: 'number', codes: [1, 3], otherKey: 'type', otherCodes: { 11300: 3 } } };
	const OWNERS: CurrentValues = { owners: { form: 'texts', namesKey: 'names' } };

	test.each<[Record<string, unknown>, CurrentValues, unknown]>([
		[{ mail: 'a', email: 'b' }, EMAIL, 'a'],
		[{ mail: '', email: ' ' }, EMAIL, undefined],
		[{ mail: null, email: [] }, EMAIL, undefined],
		[{ email: 'b' }, EMAIL, 'b'],
		[{ email: null }, EMAIL, undefined],
		[{ state: 1, type: 11300 }, STATE, 1],
		[{ state: 1, type: 2 }, STATE, 1],
		[{ type: 11300 }, STATE, 3],
		[{ owners: ['c'], names: ['A'] }, OWNERS, ['c']],
		[{ owners: [], names: [] }, OWNERS, undefined],
		[{ names: [] }, OWNERS, undefined],
	])('%j', (record, values, expected) => {
		expect(readValues(record, values, CONTEXT)).toEqual({
			values: expected === undefined ? {} : { [Object.keys(values)[0] ?? '']: expected },
			refused: new Map(),
		});
	});

	test.each<[Record<string, unknown>, CurrentValues]>([
		[{ mail: '', email: 'b' }, EMAIL],
		[{ mail: null, email: 'b' }, EMAIL],
		[{ mail: 1, email: 'b' }, EMAIL],
		[{ email: 1 }, EMAIL],
		[{ Mail: 'a' }, EMAIL],
		[{ state: 2, type: 11300 }, STATE],
		[{ state: null, type: 11300 }, STATE],
		[{ type: 3 }, STATE],
		[{ type: '11300' }, STATE],
		[{}, STATE],
		[{ owners: [], names: ['A'] }, OWNERS],
		[{ owners: null, names: 'A' }, OWNERS],
		[{ names: ['A'] }, OWNERS],
		[{}, OWNERS],
	])('%j is refused', (record, values) => {
		const [key = ''] = Object.keys(values);
		expect([...readValues(record, values, CONTEXT).refused]).toEqual([[key, [key]]]);
	});

	const CODES: Record<string, unknown> = { A: 'a', B: 'b', Twin: 'a', 'No Code': ' ', Number: 1 };
	const NAMES_CONTEXT = { ...CONTEXT, findCode: (_key: string, name: string) => CODES[name] };

	test.each([
		[
			['A', 'B'],
			['a', 'b'],
		],
		['A', ['a']],
	])('the names %j have the codes %j', (names, owners) => {
		expect(readValues({ names }, OWNERS, NAMES_CONTEXT).values).toEqual({ owners });
	});

	test.each([[['A', 'X']], [['A', 'A']], [['A', 'Twin']], [['No Code']], ['Number'], [[1]], [['A', null]]])(
		'the names %j are not clear',
		(names) => expect(readValues({ names }, OWNERS, NAMES_CONTEXT).refused.get('owners')).toEqual(['owners']),
	);

	test('a list is needed for names without their codes', () => {
		const values: CurrentValues = { ...OWNERS, ...EMAIL };
		const records = [{ names: ['A'] }, { names: [] }, { owners: [], names: ['A'] }, {}];
		expect(records.map((record) => listNamedKeys(record, values))).toEqual([['owners'], [], [], []]);
	});
});

const ROWS: CurrentValues = {
	prices: { form: 'rows', rowKey: 'tier', values: { tier: { form: 'text' }, price: { form: 'number' } } },
};
const BODY = {
	prices: [
		{ tier: 'A', price: 1, vat: 7 },
		{ tier: 'B', price: 2 },
	],
	tags: ['x'],
};

test('rows with a key are named and compared one by one', () => {
	const [a = {}, b = {}] = BODY.prices;
	const name = (prices: object[]) => nameValues({ ...BODY, prices }, ROWS, getLabel);
	expect(listChanges(name([a, b]), name([a, { ...b, price: 3 }]), {})).toEqual([
		{ field: 'price (B)', before: 2, after: 3 },
	]);
	expect(findDifferences(name([a, b]), name([b, a]))).toEqual([]);
	expect(findDifferences(name([a, b]), name([a]))).toEqual(['tier (B)', 'price (B)']);
	expect(findDifferences(name([a, b]), name([a, { ...b, price: 5 }]))).toEqual(['price (B)']);
});

test('a value that only one of two records has is a change and a difference', () => {
	const name = (body: object): NamedValues => nameValues(body as never, { b: { form: 'amount' } }, getLabel);
	const [one, two] = [name({ a: 'x', b: 1 }), name({ a: 'x' })];
	expect(listChanges(one, two, {})).toEqual([{ field: 'b', before: 1, after: null }]);
	expect(listChanges(two, one, {})).toEqual([{ field: 'b', before: null, after: 1 }]);
	expect([findDifferences(one, two), findDifferences(two, one)]).toEqual([['b'], ['b']]);
	expect(findDifferences(one, name({ a: 'x', b: 1.001 }))).toEqual([]);
});

test('values that are not known are listed, too', () => {
	const named = nameValues({ a: 'x', b: null, c: 1 }, {}, getLabel);
	expect(listChanges(named, named, {}, ['b', 'c'])).toEqual([
		{ field: 'b', before: null, after: null },
		{ field: 'c', before: 1, after: 1 },
	]);
});

test('codes are shown as the names of the form, in rows too', () => {
	const type = options('Type', 'Purpose', toOptions({ Billing: 1, Shipping: 2 }));
	const fields: Record<string, Field> = {
		type,
		addresses: rows('Addresses', 'Places', { type }, { rowDisplayName: 'A' }),
	};
	const show = (values: object) => {
		const named = nameValues(values as never, {}, getLabel);
		return [...named.values()].map((value) => toOutput(value, fields));
	};
	expect(show({ type: 2, addresses: [{ type: 1, name: 'HQ' }], other: 2 })).toEqual([
		'Shipping',
		[{ type: 'Billing', name: 'HQ' }],
		2,
	]);
	expect(show({ type: null, other: 9 })).toEqual([null, 9]);
});

const STOCK: CurrentValue = { form: 'rows', values: { qty: { form: 'number', isVolatile: true } } };
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
	[['a', 'b'], ['c', 'd'], { form: 'texts', isComparedByCount: true }, true],
	[['a', 'b'], ['c'], { form: 'texts', isComparedByCount: true }, false],
	[[{ qty: 1 }], [{ qty: 2 }], STOCK, true],
	[[{ qty: 1 }], [{ qty: null }], STOCK, false],
	[{ a: 'x' }, { a: ' x' }, 'text', true],
	[{ a: 'x' }, { a: 'y' }, 'text', false],
])('%j and %j in the form %j are the same: %p', (a, b, form, isSame) => {
	const current = typeof form === 'string' ? { form } : form;
	const name = (value: unknown) => nameValues({ key: value } as never, { key: current }, getLabel);
	expect(findDifferences(name(a), name(b))).toEqual(isSame ? [] : ['key']);
	expect(findDifferences(name(b), name(a))).toEqual(isSame ? [] : ['key']);
});
