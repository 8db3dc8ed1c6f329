import type { CurrentValues } from '../../nodes/GoFive/operation/kinds/update/defineUpdate';
import { loadContractValidator } from '../../sandbox/contractValidator.mts';
import { allOperations, type OperationEntry } from '../support/operationParameters.cts';
import { findOperationId } from '../support/operationRequest.cts';

/** Schema of a body in the contract. */
interface Schema {
	required?: string[];
	properties?: Record<string, Schema>;
	items?: Schema;
}

/** Lists the keys of a schema, with their paths, and marks the required ones. */
function listSchemaKeys({ properties = {}, required = [] }: Schema, path = ''): string[] {
	return Object.entries(properties).flatMap(([key, schema]) => [
		`${path}${key}${required.includes(key) ? '*' : ''}`,
		...listSchemaKeys(schema.items ?? schema, `${path}${key}.`),
	]);
}

const listCurrentKeys = (values: CurrentValues, path = ''): string[] =>
	Object.entries(values).flatMap(([key, { required, values: nested = {} }]) => [
		`${path}${key}${required ? '*' : ''}`,
		...listCurrentKeys(nested, `${path}${key}.`),
	]);

/** Reads the schema of the body of an operation in the contract. */
async function readBodySchema(entry: OperationEntry): Promise<Schema> {
	const contract = await loadContractValidator();
	const { requestBody } = contract.getOperation(await findOperationId(entry));
	const { content } = requestBody as { content: Record<string, { schema: Schema }> };
	return content['application/json']?.schema as Schema;
}

/** Keys that an update requires, although the contract does not, because an upsert creates a record without them. */
const REQUIRED_FOR_UPDATE: Record<string, string[]> = {
	'customer.update': ['customerCode'],
	'product.update': ['productCode'],
};

const updates = allOperations.filter(({ operation }) => operation.current);

test('finds the updates that read their record', () =>
	expect(updates.map(({ name }) => name).sort()).toEqual([
		...['case.update', 'customer.update', 'customerEvent.update', 'deal.update', 'product.update'],
	]));

const replacingUpdates = updates.filter(({ operation }) => !operation.current?.isPartial);

// A key that is missing here would be cleared without a message, if GoFive clears omitted values.
test.each(replacingUpdates)('$name repeats exactly the keys of the request in the contract', async (entry) => {
	const schema = await readBodySchema(entry);
	const body = schema.properties?.['products']?.items ?? schema;
	const updateKeys = REQUIRED_FOR_UPDATE[entry.name] ?? [];
	const required = [...(body.required ?? []), ...updateKeys];
	expect(listCurrentKeys(entry.operation.current?.values ?? {}).sort()).toEqual(
		listSchemaKeys({ ...body, required }).sort(),
	);
});

const partialUpdates = updates.filter(({ operation }) => operation.current?.isPartial);

test.each(partialUpdates)(
	'$name reads the required keys of the contract that its form does not require',
	async (entry) => {
		const contract = await loadContractValidator();
		const { requestBody } = contract.getOperation(await findOperationId(entry));
		const { content } = requestBody as { content: Record<string, { schema: Schema }> };
		const { required = [] } = content['application/json']?.schema as Schema;
		const { current, fields } = entry.operation;
		const currentKeys = Object.entries(current?.values ?? {}).filter(([, value]) => value.required);
		expect(currentKeys.map(([key]) => key).sort()).toEqual(required.filter((key) => !(key in fields)).sort());
	},
);
