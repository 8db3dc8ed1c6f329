import fc from 'fast-check';
import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { getInputModeParameterName, getJsonParameterName } from '../../nodes/GoFive/operation/fields/rows';
import type { Operation } from '../../nodes/GoFive/operation/types';
import { getOperationProperties, getOptionValues } from './operationParameters.cts';

/** Text that is not empty even after splitting at commas and line breaks. Dot segments are invalid in paths. */
const text = fc
	.oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'binary', minLength: 1 }))
	.filter((value) => !/^[\s,]*$|(?:^|[\\/])\s*\.{1,2}\s*(?:[\\/;]|$)/.test(value));
const code = fc.oneof(fc.constantFrom('C000055', 'C000154', 'ลูกค้า 1', 'C1&x=2', 'a/b ../100%'), text, fc.nat());
const id = fc.oneof(
	fc.integer({ min: 1, max: 6 }),
	fc.integer({ min: 1, max: 2 ** 31 - 1 }),
	fc.integer({ min: 1, max: 99 }).map(String),
);

const instant = fc.date({ min: new Date('1900-01-03'), max: new Date('2399-12-29'), noInvalidDate: true });
/** Formats an instant as a user may enter it. */
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
// At least two days apart, so that the order is the same in every format and zone.
const dateRangeEnds = fc
	.tuple(instant, fc.integer({ min: 2, max: 400 }), dateFormatter, dateFormatter)
	.map(([from, days, writeFrom, writeTo]) => ({
		dateFrom: writeFrom(from),
		dateTo: writeTo(new Date(Math.min(from.getTime() + days * 86_400_000, Date.parse('2399-12-31')))),
	}));

/** Generates valid values of a parameter, including the default of an optional one. */
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
		case 'resourceLocator': {
			const value = /ID/.test(property.modes?.[1]?.displayName ?? '') ? id : code;
			const mode = fc.constantFrom('list', 'id');
			return orDefault(fc.oneof(value, fc.record({ __rl: fc.constant(true), mode, value })));
		}
		case 'collection':
			return fc.record(createPropertyArbitraries(property.options as INodeProperties[]), { requiredKeys: [] });
		case 'fixedCollection': {
			const [line] = property.options as INodePropertyCollection[];
			const values = line?.values ?? [];
			// Optional inputs may be missing: n8n adds their defaults.
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

/** Turns rows into JSON where the form has both modes. */
function applyInputMode(parameters: Record<string, unknown>, isJsonMode: boolean): Record<string, unknown> {
	const names = Object.keys(parameters).filter(
		(name) => getInputModeParameterName(name) in parameters && getJsonParameterName(name) in parameters,
	);
	if (!isJsonMode) return parameters;
	const modeParameters = names.map((name) => {
		const rows = (parameters[name] as { line: object[] }).line;
		// In JSON a blank input is a missing key.
		const nonBlankRows = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '')));
		return { [getInputModeParameterName(name)]: 'json', [getJsonParameterName(name)]: JSON.stringify(nonBlankRows) };
	});
	return Object.assign({}, parameters, ...modeParameters) as Record<string, unknown>;
}

/** Generates valid parameters of an operation. */
export function createValidParametersArbitrary(operation: Operation): fc.Arbitrary<Record<string, unknown>> {
	// An empty expression in the field that identifies the record is rejected, although the field is optional.
	const requireIfKey = (property: INodeProperties) =>
		[operation.idField, 'contractServiceId'].includes(property.name) ? { ...property, required: true } : property;
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
