import type { FastifyInstance } from 'fastify';
import { RECORD_LIST_NAMES, type RecordListName, type SandboxRecord } from './recordLists.mts';
import type { SandboxState } from './sandboxState.mts';
import type { EventInput } from './dataStore.mts';
import { FAULT_KINDS } from './faultResponses.mts';
import type { SandboxBehaviour, Fault } from './sandboxTypes.mts';

const strictObjectSchema = (properties: Record<string, unknown>, required: string[] = []) => ({
	type: 'object',
	additionalProperties: false,
	properties,
	required,
});
const bodySchema = (...schemaArguments: Parameters<typeof strictObjectSchema>) => ({
	body: strictObjectSchema(...schemaArguments),
});

const text = { type: 'string', minLength: 1 };
const count = { type: 'integer', minimum: 0 };
const NULLABLE_COUNT_SCHEMA = { type: ['integer', 'null'], minimum: 0 };

const RATE_LIMIT_SCHEMA = strictObjectSchema(
	{ requests: { type: 'integer', minimum: 1 }, perSeconds: { type: 'number', exclusiveMinimum: 0 } },
	['requests', 'perSeconds'],
);

const BEHAVIOUR_SCHEMA = bodySchema({
	delayMs: { type: 'number', minimum: 0 },
	workers: { type: ['integer', 'null'], minimum: 1 },
	rateLimit: { ...RATE_LIMIT_SCHEMA, type: ['object', 'null'] },
	tokenLifetimeRequests: NULLABLE_COUNT_SCHEMA,
	tokenLifetimeSeconds: count,
	newTokenEndsOlder: { type: 'boolean' },
	dropGetBody: { type: 'boolean' },
	listIn: { enum: ['data', 'value'] },
	pageCap: { type: ['integer', 'null'], minimum: 1 },
	ignoredPageKeys: { type: 'array', items: text },
});

const FAULT_RESPONSE_SCHEMA = strictObjectSchema({
	kind: { enum: FAULT_KINDS },
	status: { type: 'integer', minimum: 200, maximum: 599 },
	body: {},
	headers: { type: 'object', additionalProperties: { type: 'string' } },
	acts: { type: 'boolean' },
	retryAfter: { enum: ['seconds', 'date', 'none'] },
	seconds: count,
	because: { enum: ['missingKey', 'invalidKey', 'token'] },
	everyMs: count,
	blanks: count,
	ms: count,
	to: text,
});

const FAULT_SCHEMA = bodySchema(
	{
		match: strictObjectSchema({ operationId: text, path: text, customerCode: text }),
		skip: count,
		times: { anyOf: [{ type: 'integer', minimum: 1 }, { const: 'always' }] },
		answer: { ...FAULT_RESPONSE_SCHEMA, anyOf: [{ required: ['kind'] }, { required: ['status'] }] },
	},
	['answer'],
);

const EVENT_PROPERTIES = {
	customerCode: text,
	eventName: text,
	eventType: { type: 'integer' },
	eventDate: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$' },
	description: { type: 'string' },
};

const NEW_EVENT_SCHEMA = bodySchema(EVENT_PROPERTIES, ['customerCode', 'eventName', 'eventType', 'eventDate']);
const EVENT_CHANGES_SCHEMA = {
	...bodySchema(EVENT_PROPERTIES),
	params: { type: 'object', properties: { eventId: { type: 'integer' } } },
};

const CUSTOMERS_SCHEMA = bodySchema({
	customerCode: text,
	events: count,
	count: { ...count, maximum: 9999 },
});

const RECORD_PARAMS_SCHEMA = { params: { type: 'object', properties: { list: { enum: RECORD_LIST_NAMES } } } };
const NEW_RECORDS_SCHEMA = {
	...bodySchema({ record: { type: 'object' }, count: { type: 'integer', minimum: 1 } }),
	...RECORD_PARAMS_SCHEMA,
};
type RecordParams = { list: RecordListName; id: string };

/** Host names of this machine, as the Host header contains them. */
const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

/** Registers the routes that control the sandbox from outside its process: request log, behaviour, faults and data. */
export function registerControlRoutes(server: FastifyInstance, state: SandboxState): void {
	// A web page can name any host that resolves to this machine, and would then read the responses. Its requests to
	// another host have the header Origin.
	server.addHook('onRequest', async ({ hostname, headers }, reply) => {
		if (!LOOPBACK_HOSTS.includes(hostname) || headers.origin !== undefined)
			await reply.code(403).send({ message: 'Use 127.0.0.1, localhost or [::1] as host, and no web page' });
	});
	server.setNotFoundHandler((_request, reply) =>
		reply.code(404).send({ message: 'Unknown control route of the sandbox' }),
	);
	server.get('/requests', async () =>
		state.requestLog.map(({ bodyBytes, ...request }) => ({ ...request, bodyLength: bodyBytes.length })),
	);

	server.get('/behaviour', async () => state.behaviour);
	server.post<{ Body: Partial<SandboxBehaviour> }>('/behaviour', { schema: BEHAVIOUR_SCHEMA }, async ({ body }) => {
		state.setBehaviour(body);
		return state.behaviour;
	});

	server.post<{ Body: Fault }>('/faults', { schema: FAULT_SCHEMA }, async ({ body }) => {
		state.addFault(body);
		return { added: body };
	});
	server.delete('/faults', async () => {
		state.clearFaults();
		return { faults: 'none' };
	});

	server.post('/reset', async () => {
		state.reset();
		return { reset: true };
	});

	server.post<{ Body: { customerCode?: string; events?: number; count?: number } }>(
		'/customers',
		{ schema: CUSTOMERS_SCHEMA },
		async ({ body: { customerCode, events = 0, count: customers = 1 } }) => {
			if (customerCode === undefined) return { customerCodes: state.store.seedCustomers(customers, events) };
			state.store.seedCustomer(customerCode, events);
			return { customerCodes: [customerCode] };
		},
	);

	server.get('/events', async () => state.store.events);
	server.post<{ Body: EventInput }>('/events', { schema: NEW_EVENT_SCHEMA }, async ({ body }) => {
		state.store.ensureCustomer(body.customerCode);
		return state.store.createEvent(body);
	});
	server.put<{ Body: Partial<EventInput>; Params: { eventId: number } }>(
		'/events/:eventId',
		{ schema: EVENT_CHANGES_SCHEMA },
		async ({ body, params }) => state.store.updateEvent(params.eventId, body),
	);

	server.get<{ Params: RecordParams }>(
		'/records/:list',
		{ schema: RECORD_PARAMS_SCHEMA },
		async ({ params }) => state.records[params.list].records,
	);
	server.post<{ Params: RecordParams; Body: { record?: SandboxRecord; count?: number } }>(
		'/records/:list',
		{ schema: NEW_RECORDS_SCHEMA },
		async ({ params, body }) => state.records[params.list].create(body.record, body.count),
	);
	server.put<{ Params: RecordParams; Body: SandboxRecord }>(
		'/records/:list/:id',
		{ schema: { body: { type: 'object' }, ...RECORD_PARAMS_SCHEMA } },
		async ({ params, body }) => state.records[params.list].update(params.id, body),
	);
}
