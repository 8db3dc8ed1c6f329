import type { IDataObject, INodeProperties } from 'n8n-workflow';
import {
	contractOperations,
	findListOperation,
	getRequestedOperations,
	type OperationEntry,
} from '../../support/operationParameters.cts';
import {
	fillNearlyAllFields,
	listFieldVariants,
	findDifferingKeys,
	type RequestPayload,
} from '../../support/formFields.cts';
import { REJECTED } from '../../support/expectedMessages.cts';
import { findOperationId } from '../../support/operationRequest.cts';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture({ resetsForEachTest: false, hasToken: true });

/** Keeps two customers that the example values find, because the events of each customer take a request. */
function keepFewCustomers(): void {
	const { customers } = fixture.sandbox.records;
	customers.records = ['C000201', 'L000308'].map((code) => customers.findBy('customerCode', code) ?? {});
}

/**
 * Captures the request that an operation sends, together with that of the list that it reads first.
 * @throws Error when the sandbox rejects it because it breaks the contract
 */
async function captureRequest(entry: OperationEntry, parameters: Record<string, unknown>): Promise<RequestPayload> {
	fixture.sandbox.reset();
	fixture.removeCustomerTypes();
	if (findListOperation(entry.operation)) keepFewCustomers();
	const { error } = await fixture.runOperation(entry.operation.value, {
		resource: entry.resource,
		...(parameters as IDataObject),
	});
	const operationIds = await Promise.all(getRequestedOperations(entry).map(findOperationId));
	const requests = operationIds.flatMap((operationId) => fixture.findRequests(operationId).slice(0, 1));
	// Unknown records do not break the contract.
	const isAccepted =
		!error ||
		new RegExp(`^${REJECTED}: [\\w ]+ not found \\(|^GoFive's list of deals does not contain `).test(error.message);
	if (requests.length === 0 || !isAccepted)
		throw new Error(`${JSON.stringify(parameters)}: ${error?.message}. ${error?.description}`);
	const bodies = requests.map(({ body }): unknown => (body === '' ? undefined : JSON.parse(body)));
	return {
		path: requests.map(({ path }) => path).join(' '),
		query: Object.fromEntries(requests.flatMap(({ query }) => [...new URLSearchParams(query)])),
		body: bodies.length === 1 ? bodies[0] : bodies,
	};
}

/** Turns rows into JSON. */
function toJsonParameters(fieldValues: Record<string, unknown>): Record<string, unknown> {
	const names = Object.keys(fieldValues).filter((name) => `${name}Json` in fieldValues);
	const jsonParameters = names.map((name) => ({
		[name]: {},
		[`${name}Input`]: 'json',
		[`${name}Json`]: JSON.stringify((fieldValues[name] as { row?: object[] }).row ?? []),
	}));
	return Object.assign({}, fieldValues, ...jsonParameters) as Record<string, unknown>;
}

/** Inputs that a rule between fields excludes when all others are filled. */
const EXCLUDED_FIELDS: Record<string, string[]> = {
	// A business has several contacts, an individual has one. Without a type both are accepted.
	'customer.upsert': ['additionalFields.customerType'],
	'customer.update': ['updateFields.customerType'],
};

// The contract cannot describe what users send with Any Endpoint.
describe.each(contractOperations)('$name', (entry) => {
	test('conforms to the contract with all inputs, in fields and in JSON', async () => {
		const { parameters: fieldValues, omittedFields } = fillNearlyAllFields(entry);
		expect(omittedFields).toEqual(EXCLUDED_FIELDS[entry.name] ?? []);
		expect(await captureRequest(entry, toJsonParameters(fieldValues))).toEqual(
			await captureRequest(entry, fieldValues),
		);
	});
});

/** Returns values of other fields under which n8n shows a property, for example Between Dates for From. */
const getShowingValues = ({ displayOptions: { show = {} } = {} }: INodeProperties): Record<string, unknown> =>
	Object.fromEntries(Object.entries(show).map(([name, values]) => [name, values?.[0]]));

// Of all other operations: architecture/fieldContractTests.cts. These send two requests, which only an execution shows.
const listingOperations = contractOperations.filter(({ operation }) => findListOperation(operation));

test.each(listingOperations)(
	'$name conforms to the contract with each value of each input, and sends the value',
	async (entry) => {
		const ineffectiveFields: string[] = [];
		const fields = listFieldVariants(entry).filter(
			({ property, isOutputOnly }) => property.type !== 'json' && !isOutputOnly,
		);
		for (const { path, property, withValues } of fields) {
			const requests: RequestPayload[] = [];
			for (const fieldValues of withValues)
				requests.push(await captureRequest(entry, { ...fieldValues, ...getShowingValues(property) }));
			if (findDifferingKeys(requests).length === 0) ineffectiveFields.push(path.join('.'));
		}
		expect(ineffectiveFields).toEqual([]);
	},
);
