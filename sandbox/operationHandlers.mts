import { buildEnvelope, businessErrorResponse, jsonResponse, type SandboxResponse } from './responses.mts';
import { SANDBOX_CREDENTIAL_DATA } from './sandboxCredential.mts';
import type { EventInput, DataStore, StoredEvent } from './dataStore.mts';
import type { RecordLists } from './recordLists.mts';
import type { TokenIssuer } from './tokenIssuer.mts';
import type { SandboxBehaviour } from './sandboxTypes.mts';

/** Valid request, with the state of the sandbox. */
export interface OperationContext {
	query: Record<string, string | undefined>;
	params: Record<string, string | undefined>;
	body: unknown;
	store: DataStore;
	records: RecordLists;
	tokens: TokenIssuer;
	behaviour: SandboxBehaviour;
}

const successResponse = (data: unknown): SandboxResponse => jsonResponse(200, buildEnvelope('1000', 'Success', data));

const listResponse = (context: OperationContext, items: readonly unknown[]): SandboxResponse =>
	successResponse(context.behaviour.listIn === 'value' ? { value: items } : items);

/** Whether a customer exists. A customer that was added to the list has no events at first. */
function hasCustomer({ store, records }: OperationContext, code: string): boolean {
	const listedCustomer = records.customers.findBy('customerCode', code);
	if (listedCustomer) store.ensureCustomer(code).customerId = Number(listedCustomer['customerId']);
	return store.customers.has(code);
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

/**
 * Handlers by operationId, for the token and for customer events, which have a store of their own. They may return
 * undefined for the response of `x-records` in the contract.
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

	getCustomer({ store, records, params }) {
		const customer = store.customers.get(params.customerCode ?? '');
		// Customers of tests may be in the store only.
		if (!customer || records.customers.findBy('customerCode', customer.customerCode)) return undefined;
		const { customerCode, customerId, customerName } = customer;
		return successResponse({ ...records.customers.records[0], customerCode, customerId, customerName });
	},

	getCustomerEventTypes: (context) => listResponse(context, context.store.eventTypes),

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
