import type { INodeProperties } from 'n8n-workflow';
import { loadContractValidator } from '../../sandbox/contractValidator.mts';
import { PAGE_SIZE, toPageKeys } from '../../nodes/GoFive/operation/reading/pagination';
import {
	contractOperations,
	buildOperationRequest,
	findListOperation,
	getExampleParameters,
	getOptionValues,
	type OperationEntry,
} from '../support/operationParameters.cts';
import { findDifferingKeys, listFieldVariants, toRequestPayload } from '../support/formFields.cts';

/** Fields that decide how many records are read. engine/operation/paginationTests.cts checks what they send. */
const LIMIT_FIELDS = ['limit', 'returnAll'];

// The contract cannot describe what users send with Any Endpoint. An operation that reads a list first sends a second
// request, which only an execution shows.
const describedOperations = contractOperations.filter(({ operation }) => !findListOperation(operation));

/** Returns what a request violates in the contract, with the keys of its first page. */
async function findViolations({ operation }: OperationEntry, parameters: Record<string, unknown>): Promise<string[]> {
	const { method, path, query = [], body } = buildOperationRequest(operation, parameters);
	const { pages } = operation;
	const sentBody = typeof pages === 'object' ? { ...(body as object), ...toPageKeys(pages, PAGE_SIZE) } : body;
	const contract = await loadContractValidator();
	const sentQuery = query.filter(([, value]) => value !== undefined).map(([key, value]) => [key, String(value)]);
	const request = {
		method,
		path,
		headers: { 'content-type': 'application/json', 'ocp-apim-subscription-key': 'key', authorization: 'Bearer token' },
		query: Object.fromEntries(sentQuery) as Record<string, string>,
		body: sentBody === undefined ? undefined : (JSON.parse(JSON.stringify(sentBody)) as unknown),
	};
	return contract.validateRequest(request, contract.findOperation({ method, path }));
}

const updates = describedOperations.filter(({ operation }) => 'fieldsToClear' in operation.fields);

test('each update has Fields to Clear', () => {
	expect(updates.map(({ name }) => name)).toEqual([
		'case.update',
		'customer.update',
		'customerEvent.update',
		'deal.update',
		'product.update',
	]);
});

test.each(updates)('$name: each field that it can clear may be empty', async (entry) => {
	const [property] = entry.operation.fields['fieldsToClear']?.properties('fieldsToClear') ?? [];
	const parameters = { ...getExampleParameters(entry.operation), updateFields: {} };
	const violations = [];
	for (const name of getOptionValues(property as INodeProperties))
		violations.push(...(await findViolations(entry, { ...parameters, fieldsToClear: [name] })));
	expect(violations).toEqual([]);
});

test.each(describedOperations)(
	'$name: each value of each input conforms to the contract, and is sent',
	async (entry) => {
		const toPayload = (parameters: Record<string, unknown>) =>
			toRequestPayload(buildOperationRequest(entry.operation, parameters));
		const ineffectiveFields: string[] = [];
		// Other Fields (JSON) sends keys that are not in the contract.
		const fields = listFieldVariants(entry).filter(({ property }) => property.type !== 'json');
		for (const { path, property, isOutputOnly, withoutValue, withValues } of fields) {
			for (const parameters of withValues)
				expect([path, parameters, await findViolations(entry, parameters)]).toEqual([path, parameters, []]);
			if (isOutputOnly || LIMIT_FIELDS.includes(path.at(-1) ?? '')) continue;
			const payloads = withValues.map(toPayload);
			const base = property.required ? undefined : withoutValue && toPayload(withoutValue);
			// The first value may be the default, so the last one is compared.
			const isAdded = !base || findDifferingKeys([base, ...payloads.slice(-1)]).length > 0;
			if (!isAdded || findDifferingKeys(payloads).length === 0) ineffectiveFields.push(path.join('.'));
		}
		expect(ineffectiveFields).toEqual([]);
	},
);
