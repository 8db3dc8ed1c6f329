import type { FastifyInstance } from 'fastify';
import type { State } from './state.mts';
import type { EventInput } from './store.mts';
import type { Behaviour, Fault } from './types.mts';

const strict = (properties: Record<string, unknown>, required: string[] = []) => ({
	type: 'object',
	additionalProperties: false,
	properties,
	required,
});
const object = (...given: Parameters<typeof strict>) => ({ body: strict(...given) });

const text = { type: 'string', minLength: 1 };
const count = { type: 'integer', minimum: 0 };
const nullableCount = { type: ['integer', 'null'], minimum: 0 };

const RETRY_AFTER = { enum: ['seconds', 'date', 'none'] };

const RATE_LIMIT = strict(
	{
		requests: { type: 'integer', minimum: 1 },
		perSeconds: { type: 'number', exclusiveMinimum: 0 },
		kind: { enum: ['window', 'bucket'] },
		retryAfter: RETRY_AFTER,
		retryAfterSeconds: { type: 'number', minimum: 0 },
		countTokenCalls: { type: 'boolean' },
	},
	['requests', 'perSeconds'],
);

const BEHAVIOUR = object({
	delayMs: { type: 'number', minimum: 0 },
	workers: { type: ['integer', 'null'], minimum: 1 },
	rateLimit: { ...RATE_LIMIT, type: ['object', 'null'] },
	tokenLifetimeRequests: nullableCount,
	tokenLifetimeSeconds: count,
	newTokenEndsOlder: { type: 'boolean' },
	acceptPastedToken: { type: 'boolean' },
	dropGetBody: { type: 'boolean' },
	businessErrorStatus: { enum: [200, 400] },
	listIn: { enum: ['data', 'value'] },
	pageCap: { type: ['integer', 'null'], minimum: 1 },
	ignoredPageKeys: { type: 'array', items: text },
});

// Typed by the answers themselves, so that a new kind cannot be forgotten here.
const KINDS = Object.keys({
	status: 1, rateLimited: 1, unauthorized: 1, quota: 1, resetBefore: 1, resetAfter: 1, hang: 1, drip: 1, cutBody: 1,
	cutGzip: 1, gzip: 1, late: 1, numericCode: 1, html: 1, text: 1, empty: 1, redirect: 1,
} satisfies Record<NonNullable<Fault['answer']['kind']>, 1>);

const ANSWER = strict({
	kind: { enum: KINDS },
	status: { type: 'integer', minimum: 200, maximum: 599 },
	body: {},
	headers: { type: 'object', additionalProperties: { type: 'string' } },
	acts: { type: 'boolean' },
	retryAfter: RETRY_AFTER,
	seconds: count,
	because: { enum: ['missingKey', 'invalidKey', 'token'] },
	everyMs: count,
	blanks: count,
	ms: count,
	to: text,
});

const FAULT = object(
	{
		match: strict({ operationId: text, method: text, path: text, customerCode: text }),
		skip: count,
		times: { anyOf: [{ type: 'integer', minimum: 1 }, { const: 'always' }] },
		answer: { ...ANSWER, anyOf: [{ required: ['kind'] }, { required: ['status'] }] },
	},
	['answer'],
);

const EVENT_FIELDS = {
	customerCode: text,
	eventName: text,
	eventType: { type: 'integer' },
	eventDate: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$' },
	description: { type: 'string' },
};

const CUSTOMERS = object({ customerCode: text, events: count, count: { ...count, maximum: 9999 }, prefix: text });

const idPath = { params: { type: 'object', properties: { eventId: { type: 'integer' } } } };

/** The sandbox's own calls, for use beside a real n8n: what it received, and how it is to behave. */
export function control(server: FastifyInstance, state: State): void {
	server.setNotFoundHandler((_request, reply) => reply.code(404).send({ message: 'No such call of the sandbox' }));
	server.get<{ Querystring: { operationId?: string } }>('/requests', async ({ query }) =>
		state.requests
			.filter(({ operationId }) => query.operationId === undefined || operationId === query.operationId)
			.map(({ bodyBytes, ...request }) => ({ ...request, bodyLength: bodyBytes.length })),
	);
	server.delete('/requests', async () => ({ forgotten: state.requests.splice(0).length }));

	server.get('/behaviour', async () => state.behaviour);
	server.post<{ Body: Partial<Behaviour> }>('/behaviour', { schema: BEHAVIOUR }, async ({ body }) => {
		state.set(body);
		return state.behaviour;
	});

	server.post<{ Body: Fault }>('/faults', { schema: FAULT }, async ({ body }) => {
		state.addFault(body);
		return { added: body };
	});
	server.delete('/faults', async () => {
		state.clearFaults();
		return { faults: 'none' };
	});

	server.post('/expire-tokens', async () => {
		state.expireTokens();
		return { tokens: 'none' };
	});
	server.post('/reset', async () => {
		state.reset();
		return { reset: true };
	});

	server.get('/customers', async () =>
		[...state.store.customers.values()].map(({ events, ...customer }) => ({ ...customer, events: events.length })),
	);
	server.post<{ Body: { customerCode?: string; events?: number; count?: number; prefix?: string } }>(
		'/customers',
		{ schema: CUSTOMERS },
		async ({ body: { customerCode, events = 0, count: customers = 1, prefix } }) => {
			if (customerCode === undefined) return { customerCodes: state.store.seedCustomers(customers, events, prefix) };
			state.store.seedCustomer(customerCode, events);
			return { customerCodes: [customerCode] };
		},
	);

	server.get('/events', async () => state.store.events);
	server.post<{ Body: EventInput }>(
		'/events',
		{ schema: object(EVENT_FIELDS, ['customerCode', 'eventName', 'eventType', 'eventDate']) },
		async ({ body }) => {
			state.store.addCustomer(body.customerCode);
			return state.store.createEvent(body);
		},
	);
	server.put<{ Body: Partial<EventInput>; Params: { eventId: number } }>(
		'/events/:eventId',
		{ schema: { ...object(EVENT_FIELDS), ...idPath } },
		async ({ body, params }) => state.store.updateEvent(params.eventId, body),
	);
	server.delete<{ Params: { eventId: number } }>('/events/:eventId', { schema: idPath }, async ({ params }) => ({
		deleted: state.store.deleteEvent(params.eventId),
	}));
}
