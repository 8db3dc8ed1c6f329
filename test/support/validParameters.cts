import fc from 'fast-check';
import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { Operation } from '../../nodes/GoFive/operation/types';
import { getOperationProperties, getOptionValues } from './operationParameters.cts';

/** A text that is one, also where commas and line breaks divide it; `.` and `..` the node refuses as part of a path. */
const text = fc
	.oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'binary', minLength: 1 }))
	.filter((value) => !/^(?:\.{0,2}|[\s,]*)$/.test(value.trim()));
const code = fc.oneof(fc.constantFrom('C000055', 'C000154', 'ลูกค้า 1', 'C1&x=2', 'a/b ../100%'), text, fc.nat());
const id = fc.oneof(
	fc.integer({ min: 1, max: 6 }),
	fc.integer({ min: 1, max: 2 ** 31 - 1 }),
	fc.integer({ min: 1, max: 99 }).map(String),
);

const instant = fc.date({ min: new Date('1900-01-03'), max: new Date('2399-12-29'), noInvalidDate: true });
/** An instant as a person may write it; of whole days the year may be of the Buddhist Era. */
const dateFormatter = fc.constantFrom<(date: Date) => string>(
	(date) => date.toISOString(),
	(date) => date.toISOString().slice(0, 10),
	(date) => date.toISOString().slice(0, 16),
	(date) => `${date.toISOString().slice(0, 19).replace('T', ' ')}`,
	(date) => `${date.toISOString().slice(0, 19)}+07:00`,
	(date) => `${date.toISOString().slice(0, 19)}-0330`,
);
const buddhistDate = fc.integer({ min: 2443, max: 2700 }).map((year) => `${year}-02-28`);
const date = fc.oneof(
	fc.tuple(instant, dateFormatter).map(([value, write]) => write(value)),
	buddhistDate,
);
// Two days apart, so that no way of writing exchanges them.
const dateRangeEnds = fc
	.tuple(instant, fc.integer({ min: 2, max: 400 }), dateFormatter, dateFormatter)
	.map(([from, days, writeFrom, writeTo]) => ({
		dateFrom: writeFrom(from),
		dateTo: writeTo(new Date(Math.min(from.getTime() + days * 86_400_000, Date.parse('2399-12-31')))),
	}));

/** What a person can give for a parameter, and what n8n leaves there when nobody gives anything. */
function createPropertyValueArbitrary(property: INodeProperties): fc.Arbitrary<unknown> {
	const { type, required, default: defaultValue, typeOptions, placeholder } = property;
	const orDefault = (value: fc.Arbitrary<unknown>) => (required ? value : fc.oneof(value, fc.constant(defaultValue)));
	switch (type) {
		case 'string':
			if (placeholder && /^e\.g\. \/v1/.test(placeholder))
				return fc.constantFrom(placeholder.slice(5), placeholder.slice(6));
			return orDefault(
				placeholder && /^e\.g\. \d+(?:, ?\d+)*$/.test(placeholder)
					? id
					: /code|no\b/i.test(property.displayName)
						? code
						: text,
			);
		case 'number': {
			const { minValue = -9999, maxValue = 9999, numberPrecision } = typeOptions ?? {};
			const integer = fc.integer({ min: minValue, max: Math.max(minValue, maxValue) });
			const fraction = fc.integer({ min: minValue * 4, max: maxValue * 4 }).map((quarters) => quarters / 4);
			const number = numberPrecision === 0 || typeOptions?.minValue === 1 ? integer : fc.oneof(integer, fraction);
			return orDefault(fc.oneof(number, number.map(String)));
		}
		case 'boolean':
			return fc.boolean();
		case 'dateTime':
			return orDefault(date);
		case 'options':
			return orDefault(typeOptions?.loadOptionsMethod ? id : fc.constantFrom(...getOptionValues(property)));
		case 'multiOptions':
			return orDefault(
				typeOptions?.loadOptionsMethod
					? fc.oneof(fc.array(id, { maxLength: 3 }), fc.constantFrom('1,2', 3))
					: fc.subarray(getOptionValues(property)),
			);
		case 'collection':
			return fc.record(createPropertyArbitraries(property.options as INodeProperties[]), { requiredKeys: [] });
		case 'fixedCollection': {
			const [line] = property.options as INodePropertyCollection[];
			const values = line?.values ?? [];
			// A row that is half filled: n8n itself adds what is missing.
			const row = fc.record(createPropertyArbitraries(values), {
				requiredKeys: values.filter((column) => column.required).map(({ name }) => name),
			});
			return fc.array(row, { minLength: required ? 1 : 0, maxLength: 4 }).map((rows) => ({ line: rows }));
		}
		default:
			return fc.constant(defaultValue);
	}
}

const createPropertyArbitraries = (properties: INodeProperties[]): Record<string, fc.Arbitrary<unknown>> =>
	Object.fromEntries(properties.map((property) => [property.name, createPropertyValueArbitrary(property)]));

/** The rows of lines as JSON instead of by fields, where the form has both. */
function applyInputMode(parameters: Record<string, unknown>, isJsonMode: boolean): Record<string, unknown> {
	const names = Object.keys(parameters).filter((name) => `${name}Input` in parameters && `${name}Json` in parameters);
	if (!isJsonMode) return parameters;
	const modeParameters = names.map((name) => {
		const rows = (parameters[name] as { line: object[] }).line;
		// In JSON a key may simply be missing.
		const nonBlankRows = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '')));
		return { [`${name}Input`]: 'json', [`${name}Json`]: JSON.stringify(nonBlankRows) };
	});
	return Object.assign({}, parameters, ...modeParameters) as Record<string, unknown>;
}

/** Parameters that an operation takes: all that is required, and some of the rest, filled field by field. */
export function createValidParametersArbitrary(operation: Operation): fc.Arbitrary<Record<string, unknown>> {
	// An expression that gives nothing for what names the record is refused, although the field may be left empty.
	const requireIfKey = (property: INodeProperties) =>
		[operation.idField, operation.updateKeyField].includes(property.name) ? { ...property, required: true } : property;
	const properties = getOperationProperties(operation)
		.filter(({ name, type }) => type !== 'notice' && !/Json$/.test(name))
		.map(requireIfKey);
	const modeDefaults = Object.fromEntries(
		getOperationProperties(operation)
			.filter(({ name }) => /(?:Json|Input)$/.test(name))
			.map(({ name, default: defaultValue }) => [name, defaultValue]),
	);
	return fc
		.tuple(fc.record(createPropertyArbitraries(properties)), dateRangeEnds, fc.boolean())
		.map(([generated, dateRange, isJsonMode]) => {
			const dates = 'dateRange' in generated ? dateRange : {};
			const safeParameters = {
				...generated,
				...dates,
				...modeDefaults,
				...('changesData' in generated && {
					method: 'GET',
					changesData: false,
					paging: 'none',
					query: {},
					body: '{}',
					recordsPath: '',
				}),
			};
			return applyInputMode(safeParameters, isJsonMode && generated.query === undefined);
		});
}
