import { envelope, json, type Reply } from './answers.mts';
import { UNKNOWN } from './examples.mts';
import { SANDBOX_SIGN_IN } from './signIn.mts';
import type { EventInput, Store, StoredEvent } from './store.mts';
import type { Tokens } from './tokens.mts';
import type { Behaviour } from './types.mts';

/** A request that keeps the contract, and what the sandbox has to answer it. */
export interface Call {
	query: Record<string, string | undefined>;
	params: Record<string, string | undefined>;
	body: unknown;
	store: Store;
	tokens: Tokens;
	behaviour: Behaviour;
}

const success = (data: unknown): Reply => json(200, envelope('1000', 'Success', data));

const list = (call: Call, items: readonly unknown[]): Reply =>
	success(call.behaviour.listIn === 'value' ? { value: items } : items);

const business = (call: Call, description: string): Reply =>
	json(call.behaviour.businessErrorStatus, envelope('4001', description, null));

const written = ({ eventId, eventName, eventDate, eventType, description }: StoredEvent): Reply =>
	success({ eventId, eventName, eventDate, eventType, description });

function unknownIn(call: Call, input: EventInput): string | undefined {
	if (!call.store.customers.has(input.customerCode)) return 'Customer not found';
	if (!call.store.eventTypes.some((type) => type.eventTypeId === input.eventType)) return 'Event type not found';
	return undefined;
}

/** What an operation of the contract does, by operationId, where the contract's example will not do. */
export const OPERATIONS: Record<string, (call: Call) => Reply> = {
	createToken(call) {
		const { client_id, client_secret } = call.body as Record<string, string>;
		if (client_id !== SANDBOX_SIGN_IN.clientId || client_secret !== SANDBOX_SIGN_IN.clientSecret) {
			return json(400, { error: 'invalid_client' });
		}
		const { tokenLifetimeSeconds } = call.behaviour;
		return json(200, { access_token: call.tokens.issue(call.behaviour), expires_in: tokenLifetimeSeconds, token_type: 'Bearer' });
	},

	getCustomerEvents(call) {
		const { customerCode = '', eventTypeIds } = call.query;
		if (!call.store.customers.has(customerCode)) return business(call, 'Customer not found');
		const range = (call.body ?? {}) as { DateFrom?: string; DateTo?: string };
		const eventType = eventTypeIds === undefined ? undefined : Number(eventTypeIds);
		return list(call, call.store.findEvents(customerCode, { eventType, from: range.DateFrom, to: range.DateTo }));
	},

	getCustomerEventTypes: (call) => list(call, call.store.eventTypes),

	// Its page has a row for each product and no status.
	updateStock: (call) =>
		json(200, {
			data: (call.body as Array<{ productCode: string; qty: number }>).map((row) => {
				const isKnown = row.productCode !== UNKNOWN;
				const error = isKnown ? null : { statusCode: '4001', httpStatusCode: 400, message: 'Product not found' };
				return { ...row, isSuccess: isKnown, error };
			}),
		}),

	createCustomerEvent(call) {
		const input = call.body as EventInput;
		const unknown = unknownIn(call, input);
		return unknown === undefined ? written(call.store.createEvent(input)) : business(call, unknown);
	},

	updateCustomerEvent(call) {
		const input = call.body as EventInput;
		const eventId = Number(call.params.eventId);
		if (!call.store.findEvent(eventId)) return business(call, 'Customer event not found');
		const unknown = unknownIn(call, input);
		return unknown === undefined ? written(call.store.updateEvent(eventId, input)) : business(call, unknown);
	},

	deleteCustomerEvent: (call) =>
		call.store.deleteEvent(Number(call.params.eventId)) ? success(true) : business(call, 'Customer event not found'),
};
