import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { loadContract } from '../../sandbox/contract.mts';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { call, jsonOf, type Outgoing } from './call.cts';

interface Schema {
	type?: string | string[];
	items?: Schema;
	minItems?: number;
	maxItems?: number;
	oneOf?: Schema[];
	const?: unknown;
	enum?: unknown[];
	format?: string;
	pattern?: string;
	minLength?: number;
	minimum?: number;
	maximum?: number;
	maxLength?: number;
	required?: string[];
	properties?: Record<string, Schema>;
}
interface Parameter {
	name: string;
	in: string;
	required?: boolean;
	schema: Schema;
}
/** The parts of an operation that requests are made from, references resolved. */
interface Described {
	operationId: string;
	method: string;
	path: string;
	parameters: Parameter[];
	requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
}
type Fields = Record<string, unknown>;
interface Parts {
	path: Fields;
	query: Fields;
	body: Fields | undefined;
}

const wallTime = fc
	.date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2099-12-31T23:59:59Z'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 19));

/** What the generator takes from a schema; a keyword that it passed over would show as a request that is refused. */
const KEYWORDS = ['type', 'const', 'enum', 'format', 'pattern', 'minLength', 'minimum', 'maximum', 'required', 'properties', 'additionalProperties', 'items', 'minItems', 'maxItems', 'maxLength'];
const TEXTS = ['description', 'example', 'examples', 'title'];

function valueOf(schema: Schema): fc.Arbitrary<unknown> {
	const unknown = Object.keys(schema).filter((key) => !KEYWORDS.includes(key) && !TEXTS.includes(key) && !key.startsWith('x-'));
	if (unknown.length > 0) throw new Error(`The generator does not know the keyword ${unknown.join(', ')} of ${JSON.stringify(schema)}: teach it`);
	if (schema.const !== undefined) return fc.constant(schema.const);
	if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
	if (Array.isArray(schema.type)) {
		const types = schema.type.map((type) => (type === 'null' ? fc.constant(null) : valueOf({ ...schema, type })));
		return fc.oneof(...types);
	}
	if (schema.type === 'array') return fc.array(valueOf(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: schema.maxItems ?? 3 });
	if (schema.type === 'boolean') return fc.boolean();
	if (schema.type === 'number') return fc.integer({ min: (schema.minimum ?? 0) * 4, max: (schema.maximum ?? 200) * 4 }).map((quarters) => quarters / 4);
	if (schema.type === 'integer') return fc.integer({ min: schema.minimum ?? 1, max: schema.maximum ?? 200 });
	if (schema.type === 'object') return fieldsOf(schema.properties ?? {}, schema.required ?? []);
	if (schema.format === 'date-time-local') return wallTime;
	if (schema.format === 'date') return wallTime.map((text) => text.slice(0, 10));
	if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern, 'u'));
	if (schema.type === 'string') {
		const known = fc.constantFrom('C000055', 'C000154', 'ลูกค้า 1', 'C1&x=2');
		const { minLength = 0, maxLength } = schema;
		// A URL resolves `.` and `..` however they are written.
		return fc.oneof(known, fc.string({ minLength, maxLength, unit: 'binary' })).filter((value) => !/^\.{1,2}$/.test(value) && [...value].length <= (maxLength ?? Infinity));
	}
	throw new Error(`The generator does not know ${JSON.stringify(schema)}: teach it`);
}

function fieldsOf(properties: Record<string, Schema>, required: string[]): fc.Arbitrary<Fields> {
	const values = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, valueOf(schema)]));
	return fc.record<Fields>(values, { requiredKeys: required });
}

function partsOf({ parameters, requestBody }: Described): fc.Arbitrary<Parts> {
	const placed = (place: string) => {
		const here = parameters.filter((parameter) => parameter.in === place);
		const schemas = Object.fromEntries(here.map(({ name, schema }) => [name, schema]));
		return fieldsOf(schemas, here.filter(({ required }) => required).map(({ name }) => name));
	};
	const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
	const some = schema ? (valueOf(schema) as fc.Arbitrary<Fields>) : fc.constant(undefined);
	const body = requestBody?.required ? some : fc.option(some, { nil: undefined });
	return fc.record({ path: placed('path'), query: placed('query'), body });
}

function outgoingOf({ method, path, requestBody }: Described, parts: Parts): Outgoing {
	const type = Object.keys(requestBody?.content ?? {})[0] ?? 'application/json';
	const form = type === 'application/x-www-form-urlencoded';
	return {
		method: method.toUpperCase(),
		path: path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(parts.path[name]))),
		query: parts.query as Record<string, string>,
		body: form ? new URLSearchParams(parts.body as Record<string, string>).toString() : parts.body,
		headers: { 'Content-Type': type },
	};
}

const without = (fields: Fields, name: string): Fields => Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));

/** Every way in which one place of a request can break the contract. */
function broken({ parameters, requestBody }: Described, parts: Parts): Parts[] {
	const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
	const missing = parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
	const numbers = parameters.filter(({ schema: { type } }) => type === 'integer');
	const body = parts.body ?? {};
	return [
		{ ...parts, query: { ...parts.query, unknownName: '1' } },
		...missing.map(({ name }) => ({ ...parts, query: without(parts.query, name) })),
		...numbers.map((one) => ({ ...parts, [one.in]: { ...parts[one.in as 'path' | 'query'], [one.name]: '1x' } })),
		...(schema && schema.type === 'array' ? [{ ...parts, body: [{ ...[parts.body].flat()[0], unknownName: 1 }] as never }] : []),
		...(schema && schema.type !== 'array' ? [{ ...parts, body: { ...body, unknownName: 1 } }] : []),
		...(schema?.required ?? []).map((name) => ({ ...parts, body: without(body, name) })),
		...Object.entries(schema?.properties ?? {})
			.filter(([, { const: fixed, format }]) => fixed !== undefined || format !== undefined)
			.map(([name]) => ({ ...parts, body: { ...body, [name]: '2025-13-01T00:00:00' } })),
	];
}

let sandbox: Sandbox;
let operations: Described[];
let responseViolations: Awaited<ReturnType<typeof loadContract>>['responseViolations'];
beforeAll(async () => {
	sandbox = await startSandbox();
	const contract = await loadContract();
	operations = contract.operations as unknown as Described[];
	responseViolations = contract.responseViolations;
});
afterAll(() => sandbox.close());

const folder = join(__dirname, '../../contract');
const text = ['gofive.openapi.yaml', ...readdirSync(folder).filter((name) => name !== 'gofive.openapi.yaml')].map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
const OPERATIONS = [...text.matchAll(/^\s+operationId: (\w+)$/gm)].map(([, operationId = '']) => operationId);

test('each operation of the contract is tested here', () => {
	expect(operations.map(({ operationId }) => operationId).sort()).toEqual([...OPERATIONS].sort());
});

describe.each(OPERATIONS)('%s', (operationId) => {
	const described = () => {
		const operation = operations.find((one) => one.operationId === operationId);
		if (!operation) throw new Error(`${operationId} is not in the contract`);
		return operation;
	};

	test('a generated request that keeps the contract gets an answer that keeps it', async () => {
		await fc.assert(
			fc.asyncProperty(partsOf(described()), async (parts) => {
				const answer = await call(sandbox.url, outgoingOf(described(), parts));
				const body = jsonOf(answer);
				expect(responseViolations(operationId, answer.status ?? 0, body)).toEqual([]);
				if (operationId === 'createToken') expect(body).toEqual({ error: 'invalid_client' });
				else expect([200, 201]).toContain(answer.status);
			}),
			{ numRuns: 60 },
		);
	});

	test('a generated request that breaks it in one place is refused', async () => {
		await fc.assert(
			fc.asyncProperty(partsOf(described()), async (parts) => {
				for (const one of broken(described(), parts)) {
					const answer = await call(sandbox.url, outgoingOf(described(), one));
					expect([one, answer.status]).toEqual([one, 400]);
					const told = operationId === 'createToken' ? { error: 'invalid_request' } : { status: { code: '4001' }, data: null };
					expect(jsonOf(answer)).toMatchObject(told);
				}
			}),
			{ numRuns: 15 },
		);
	});
});
