import fc from 'fast-check';
import { repeatValues } from '../../nodes/GoFive/operation/kinds/update/currentValues';
import { findDifferences, isSameValue, nameValues } from '../../nodes/GoFive/operation/kinds/update/valueChanges';
import type { CurrentValue } from '../../nodes/GoFive/operation/kinds/update/defineUpdate';

const getLabel = (key: string) => key;

const repeat = (value: unknown, current: CurrentValue) =>
	repeatValues({ key: value }, { key: current }, { timeZone: 'Asia/Bangkok', getLabel });

test('a text, a number, a flag and a list of texts stay the same', () => {
	fc.assert(
		fc.property(
			fc.string({ unit: 'binary' }),
			fc.double({ noNaN: true, min: -1e15, max: 1e15 }),
			fc.boolean(),
			fc.array(fc.string()),
			(text, number, flag, list) => {
				expect(repeat(text, { form: 'text' }).body).toEqual({ key: text });
				expect(repeat(number, { form: 'number' }).body).toEqual({ key: number });
				expect(repeat(flag, { form: 'boolean' }).body).toEqual({ key: flag });
				expect(repeat(list, { form: 'texts' }).body).toEqual({ key: list });
			},
		),
	);
});

test('any change of a value is a difference, and none without one', () => {
	const anyValue = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.string()));
	const toNamed = (value: unknown) => nameValues({ key: value } as never, {}, getLabel);
	fc.assert(
		fc.property(anyValue, anyValue, (before, after) => {
			expect(findDifferences(toNamed(before), toNamed(before))).toEqual([]);
			const differences = findDifferences(toNamed(before), toNamed(after));
			expect(differences).toEqual(isSameValue(before, after, undefined) ? [] : ['key']);
		}),
	);
});
