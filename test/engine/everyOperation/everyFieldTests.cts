import type { IDataObject } from 'n8n-workflow';
import { allOperations, getExampleParameters, type OperationEntry } from '../../support/operationParameters.cts';
import {
	fillNearlyAllFields,
	listFieldVariants,
	findDifferingKeys,
	type RequestPayload,
} from '../../support/formFields.cts';
import { loadOperationRequest } from '../operationRequest.cts';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture({ isFresh: false });

/** What leaves for some parameters. @throws Error when the sandbox refuses it, since it breaks the contract */
async function captureRequest(listed: OperationEntry, parameters: Record<string, unknown>): Promise<RequestPayload> {
	fixture.sandbox.reset();
	const { error } = await fixture.runOperation(listed.operation.value, {
		resource: listed.resource,
		...(parameters as IDataObject),
	});
	const [request] = fixture.findRequests((await loadOperationRequest(listed)).operationId);
	// What GoFive does not know is not a matter of the contract.
	const isAccepted = !error || /^GoFive answered: [\w ]+ not found \(/.test(error.message);
	if (!request || !isAccepted)
		throw new Error(`${JSON.stringify(parameters)}: ${error?.message}. ${error?.description}`);
	return {
		path: request.path,
		query: Object.fromEntries(new URLSearchParams(request.query)),
		body: request.body === '' ? undefined : JSON.parse(request.body),
	};
}

/** The same with lines as JSON. */
function toJsonParameters(fieldValues: Record<string, unknown>): Record<string, unknown> {
	const names = Object.keys(fieldValues).filter((name) => `${name}Json` in fieldValues);
	const jsonParameters = names.map((name) => ({
		[name]: {},
		[`${name}Input`]: 'json',
		[`${name}Json`]: JSON.stringify((fieldValues[name] as { line?: object[] }).line ?? []),
	}));
	return Object.assign({}, fieldValues, ...jsonParameters) as Record<string, unknown>;
}

/** What a rule between fields keeps from being filled in together with all else. */
const EXCLUDED_FIELDS: Record<string, string[]> = {
	// A business has contacts, an individual has one; without a type both are taken.
	'customer.upsert': ['additionalFields.customerType'],
};

// What Any Endpoint sends is what a person writes.
const describedOperations = allOperations.filter(({ resource }) => resource !== 'endpoint');

describe.each(describedOperations)('$name', (listed) => {
	test('with what is required alone, and with all at once, also as JSON, it keeps the contract', async () => {
		const { parameters: fieldValues, omittedFields } = fillNearlyAllFields(listed);
		expect(omittedFields).toEqual(EXCLUDED_FIELDS[listed.name] ?? []);
		await captureRequest(listed, getExampleParameters(listed.operation));
		expect(await captureRequest(listed, toJsonParameters(fieldValues))).toEqual(
			await captureRequest(listed, fieldValues),
		);
	});

	test('with each input alone, and each of its values, it keeps the contract, and the value travels', async () => {
		const ineffectiveFields: string[] = [];
		// Other Fields (JSON) is for what the contract does not know.
		for (const { path, property, isOutputOnly, withoutValue, withValues } of listFieldVariants(listed).filter(
			(field) => field.property.type !== 'json',
		)) {
			const requests: RequestPayload[] = [];
			for (const fieldValues of withValues) requests.push(await captureRequest(listed, fieldValues));
			const baseRequest = withoutValue && !property.required ? await captureRequest(listed, withoutValue) : undefined;
			// The first value may be what holds where nothing is given.
			const isAdded = !baseRequest || findDifferingKeys([baseRequest, ...requests.slice(-1)]).length > 0;
			if (!isOutputOnly && !(isAdded && findDifferingKeys(requests).length > 0)) ineffectiveFields.push(path.join('.'));
		}
		expect(ineffectiveFields).toEqual([]);
	});
});
