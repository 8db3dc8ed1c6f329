import fc from 'fast-check';
import { isEmpty, readValues } from '../../nodes/GoFive/operation/kinds/update/currentValues';
import { findDifferences, nameValues } from '../../nodes/GoFive/operation/kinds/update/valueChanges';
import type { ValueForm } from '../../nodes/GoFive/operation/kinds/update/defineUpdate';

const getLabel = (key: string) => key;

const read = (value: unknown, form: ValueForm) =>
	readValues({ key: value }, { key: { form } }, { timeZone: 'Asia/Bangkok', getLabel });

test('a filled text, number, flag and list of texts stay the same', () => {
	fc.assert(
		fc.property(
			fc.string({ unit: 'binary' }),
			fc.double({ noNaN: true, min: -1e15, max: 1e15 }),
			fc.boolean(),
			fc.array(fc.string()),
			(text, number, flag, list) => {
				const expected = (value: unknown) => ({ values: isEmpty(value) ? {} : { key: value }, refused: new Map() });
				expect(read(text, 'text')).toEqual(expected(text));
				expect(read(number, 'number')).toEqual(expected(number));
				expect(read(flag, 'boolean')).toEqual(expected(flag));
				expect(read(list, 'texts')).toEqual(expected(list));
			},
		),
	);
});

test('any change of a value is a difference, and none without one', () => {
	const anyValue = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.integer(), { minLength: 1 }));
	const toNamed = (value: unknown) =>
		nameValues({ key: value } as never, { key: { form: 'texts', isOrdered: true } }, getLabel);
	fc.assert(
		fc.property(anyValue, anyValue, (before, after) => {
			expect(findDifferences(toNamed(before), toNamed(before))).toEqual([]);
			const isSame = JSON.stringify(before) === JSON.stringify(after);
			expect(findDifferences(toNamed(before), toNamed(after))).toEqual(isSame ? [] : ['key']);
		}),
	);
});
