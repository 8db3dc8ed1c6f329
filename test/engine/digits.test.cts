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
		['{"a": 1234567.12345678901234567890}', '1234567.12345678901234567890'],
		['={{ { a: 12345678901234567890 } }}', '12345678901234567000'],
	])('%s is refused, since it would travel with other digits', async (json, number) => {
		const { error } = await give(json);
		const lines = property.displayName.replace(' (JSON)', '');
		expect([property.displayName, lines].map((called) => `'${called}' cannot hold the number ${number}`)).toContain(error?.message);
		expect(error?.description).toContain(json.startsWith('=') ? 'Make it a text where it comes from.' : `put it in quotation marks: "${number}". Nothing`);
		expect(world.sandbox.requests).toEqual([]);
	});

	test.each(['{"x": "12345678901234567890"}', '{"x": -9007199254740991}', '{"x": 1.10}', '{"x": 0.30000000000000004}', '{"x": 9007199254740992}', '{"x": 1e21}'])('%s is not', async (json) => {
		const { error } = await give(json);
		expect(`${error?.message}`).not.toContain('cannot hold the number');
		// Lines refuse a key that they do not know.
		if (!property.displayName.startsWith('Other Fields')) return;
		expect(JSON.parse(world.sandbox.requests.at(-1)?.body ?? '{}')).toMatchObject(JSON.parse(json) as IDataObject);
	});
});
