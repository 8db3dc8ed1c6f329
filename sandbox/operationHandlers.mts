import { buildEnvelope, businessErrorResponse, jsonResponse, type SandboxResponse } from './responses.mts';
import { UNKNOWN_RECORD_NAME } from './exampleResponses.mts';
import { SANDBOX_CREDENTIAL_DATA } from './sandboxCredential.mts';
import type { EventInput, DataStore, StoredEvent } from './dataStore.mts';
import type { RecordList, RecordListName } from './recordLists.mts';
import type { TokenIssuer } from './tokenIssuer.mts';
import type { SandboxBehaviour } from './sandboxTypes.mts';

/** Valid request, with the state of the sandbox. */
export interface OperationContext {
	query: Record<string, string | undefined>;
	params: Record<string, string | undefined>;
	body: unknown;
	store: DataStore;
	records: Record<RecordListName, RecordList>;
	tokens: TokenIssuer;
	behaviour: SandboxBehaviour;
}

const successResponse = (data: unknown): SandboxResponse => jsonResponse(200, buildEnvelope('1000', 'Success', data));

const listResponse = (context: OperationContext, items: readonly unknown[]): SandboxResponse =>
	successResponse(context.behaviour.listIn === 'value' ? { value: items } : items);

/** Whether a customer exists. A customer that was added to the list has no events at first. */
function hasCustomer({ store, records }: OperationContext, code: string): boolean {
	const isListed = records.customers.records.some(({ customerCode }) => customerCode === code);
	if (isListed) store.ensureCustomer(code);
	return store.customers.has(code);
}

/** Finds the record of a customer: in the list, or of a customer that only has events. */
function findCustomerRecord({ store, records }: OperationContext, code: string): object | undefined {
	const [firstRecord] = records.customers.records;
	const listedRecord = records.customers.records.find(({ customerCode }) => customerCode === code);
	const customer = store.customers.get(code);
	if (listedRecord || !customer) return listedRecord;
	const { customerCode, customerId, customerName } = customer;
	return { ...firstRecord, customerCode, customerId, customerName };
}

/** Saves the event in the body, unless its customer or event type does not exist. */
function saveEvent(context: OperationContext, save: (input: EventInput) => StoredEvent): SandboxResponse {
	const input = context.body as EventInput;
	if (!hasCustomer(context, input.customerCode)) return businessErrorResponse('Customer not found');
	if (!context.store.eventTypes.some((type) => type.eventTypeId === input.eventType))
		return businessErrorResponse('Event type not found');
	const { eventId, eventName, eventDate, eventType, description } = save(input);
	return successResponse({ eventId, eventName, eventDate, eventType, description });
}

/** Returns the record of a list whose key has the value, or undefined if there is none. */
function findListedRecord(list: RecordList, key: string, value: string | undefined): SandboxResponse | undefined {
	const record = list.records.find((candidate) => candidate[key] === value);
	return record && successResponse(record);
}

/**
 * Handlers by operationId, for operations whose response is not the contract's example. They may return undefined for
 * that example.
 */
export const OPERATION_HANDLERS: Record<string, (context: OperationContext) => SandboxResponse | undefined> = {
	createToken(context) {
		const { client_id, client_secret } = context.body as Record<string, string>;
		if (client_id !== SANDBOX_CREDENTIAL_DATA.clientId || client_secret !== SANDBOX_CREDENTIAL_DATA.clientSecret) {
			return jsonResponse(400, { error: 'invalid_client' });
		}
		const { tokenLifetimeSeconds } = context.behaviour;
		return jsonResponse(200, {
			access_token: context.tokens.issueToken(context.behaviour),
			expires_in: tokenLifetimeSeconds,
			token_type: 'Bearer',
		});
	},

	getCustomerEvents(context) {
		const { customerCode = '', eventTypeIds } = context.query;
		if (!hasCustomer(context, customerCode)) return businessErrorResponse('Customer not found');
		const dateRange = (context.body ?? {}) as { DateFrom?: string; DateTo?: string };
		const eventType = eventTypeIds === undefined ? undefined : Number(eventTypeIds);
		return listResponse(
			context,
			context.store.findEvents(customerCode, { eventType, from: dateRange.DateFrom, to: dateRange.DateTo }),
		);
	},

	getCustomer(context) {
		const record = findCustomerRecord(context, context.params.customerCode ?? '');
		return record ? successResponse(record) : businessErrorResponse('Customer not found');
	},

	getQuotation: ({ records, params }) => findListedRecord(records.quotations, 'quotationNo', params.quotationNo),

	getEmployee: ({ records, params }) => findListedRecord(records.employees, 'staffCode', params.code),

	getCustomerEventTypes: (context) => listResponse(context, context.store.eventTypes),

	// GoFive's page shows a row for each product, and no status.
	updateStock: (context) =>
		jsonResponse(200, {
			data: (context.body as Array<{ productCode: string; qty: number }>).map((row) => {
				const isKnown = row.productCode !== UNKNOWN_RECORD_NAME;
				const error = isKnown ? null : { statusCode: '4001', httpStatusCode: 400, message: 'Product not found' };
				return { ...row, isSuccess: isKnown, error };
			}),
		}),

	createCustomerEvent: (context) => saveEvent(context, (input) => context.store.createEvent(input)),

	updateCustomerEvent(context) {
		const eventId = Number(context.params.eventId);
		if (!context.store.findEvent(eventId)) return businessErrorResponse('Customer event not found');
		return saveEvent(context, (input) => context.store.updateEvent(eventId, input));
	},

	deleteCustomerEvent: (context) =>
		context.store.deleteEvent(Number(context.params.eventId))
			? successResponse(true)
			: businessErrorResponse('Customer event not found'),
};
