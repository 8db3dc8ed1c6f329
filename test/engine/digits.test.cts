import type { IDataObject } from 'n8n-workflow';
import { operations, parametersOf, propertiesOf } from '../operations.cts';
import { worldWithoutWaiting } from './world.cts';

const world = worldWithoutWaiting();

/** Every JSON input of every operation; the Body of Any Endpoint travels as it is written, see sendRequest.test.cts. */
const inputs = operations.flatMap(({ name, resource, operation }) =>
	propertiesOf(operation)
		.filter((property) => property.type === 'json' && property.name !== 'body')
		.map((property) => ({ name, resource, operation, property })),
);

test('there are such inputs', () => {
	expect(new Set(inputs.map(({ property }) => property.name))).toEqual(new Set(['otherFieldsJson', 'pricesJson', 'productVariantJson', 'queryJson', 'quotationDetailsJson', 'salesOrderDetailsJson']));
});

describe.each(inputs)('$name: $property.displayName', ({ operation, resource, property }) => {
	const give = async (json: string) => {
		const mode = property.name.replace(/Json$/, 'Input');
		const chosen = propertiesOf(operation).some(({ name }) => name === mode) ? { [mode]: 'json' } : {};
		return await world.run(operation.value, { resource, ...(parametersOf(operation) as IDataObject), ...chosen, [property.name]: json });
	};

	test.each([
		['{"a": "12345678901234567890 \\" 1e99", "b": [{"c": 12345678901234567890}]}', '12345678901234567890'],
		['[{"a": -9007199254740993}]', '-9007199254740993'],
		['{"a": 1e400}', '1e400'],
		['={{ { a: 2 ** 53 } }}', '9007199254740992'],
	])('%s is refused, since it would travel with other digits', async (json, number) => {
		const { error } = await give(json);
		const lines = property.displayName.replace(' (JSON)', '');
		expect([property.displayName, lines].map((called) => `'${called}' cannot hold the number ${number}`)).toContain(error?.message);
		expect(error).toMatchObject({
			description: `Some of its digits would change. Put it in quotation marks: "${number}". Nothing was sent for this item.`,
		});
		expect(world.sandbox.requests).toEqual([]);
	});

	test.each(['{"x": "12345678901234567890"}', '{"x": -9007199254740991}', '{"x": 1.10}', '{"x": 0.30000000000000004}'])('%s is not', async (json) => {
		const { error } = await give(json);
		expect(`${error?.message}`).not.toContain('cannot hold the number');
	});
});
