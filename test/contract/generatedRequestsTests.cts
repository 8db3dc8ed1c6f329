import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { loadContractValidator } from '../../sandbox/contractValidator.mts';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { deepRuns } from '../support/deepRuns.cts';
import { sendRawRequest, parseResponseBody, type RawRequest } from './rawRequest.cts';

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
/** Parts of an operation that requests are generated from, with resolved references. */
interface ContractOperation {
	operationId: string;
	method: string;
	path: string;
	parameters: Parameter[];
	requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
	responses: object;
}
type FieldValues = Record<string, unknown>;
interface RequestParts {
	path: FieldValues;
	query: FieldValues;
	body: FieldValues | undefined;
}

const wallTimeArbitrary = fc
	.date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2099-12-31T23:59:59Z'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 19));

/** Keywords that the generator supports. It rejects others, because it would generate requests that break them. */
const SUPPORTED_KEYWORD =
	/^(?:type|const|enum|format|pattern|(?:min|max)Length|minimum|maximum|required|properties|additionalProperties|items|(?:min|max)Items)$/;
const ANNOTATION_KEYWORD = /^(?:description|examples?|title|x-.*)$/;

function createSchemaArbitrary(schema: Schema): fc.Arbitrary<unknown> {
	const unknownKeywords = Object.keys(schema).filter(
		(key) => !SUPPORTED_KEYWORD.test(key) && !ANNOTATION_KEYWORD.test(key),
	);
	if (unknownKeywords.length > 0)
		throw new Error(
			`The generator does not know the keyword ${unknownKeywords.join(', ')} of ${JSON.stringify(schema)}: teach it`,
		);
	// The type of some keys was never seen. Any value is valid.
	if (schema.type === undefined && schema.const === undefined && schema.enum === undefined)
		return fc.oneof(fc.constantFrom(null, true, 'ลูกค้า 1'), fc.integer(), fc.array(fc.integer(), { maxLength: 3 }));
	if (schema.const !== undefined) return fc.constant(schema.const);
	if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
	if (Array.isArray(schema.type)) {
		const types = schema.type.map((type) =>
			type === 'null' ? fc.constant(null) : createSchemaArbitrary({ ...schema, type }),
		);
		return fc.oneof(...types);
	}
	if (schema.type === 'array')
		return fc.array(createSchemaArbitrary(schema.items ?? {}), {
			minLength: schema.minItems ?? 0,
			maxLength: schema.maxItems ?? 3,
		});
	if (schema.type === 'boolean') return fc.boolean();
	if (schema.type === 'number')
		return fc
			.integer({ min: (schema.minimum ?? 0) * 4, max: (schema.maximum ?? 200) * 4 })
			.map((quarters) => quarters / 4);
	if (schema.type === 'integer') return fc.integer({ min: schema.minimum ?? 1, max: schema.maximum ?? 200 });
	if (schema.type === 'object') return createFieldsArbitrary(schema.properties ?? {}, schema.required ?? []);
	if (schema.format === 'date-time-local') return wallTimeArbitrary;
	if (schema.format === 'date') return wallTimeArbitrary.map((text) => text.slice(0, 10));
	if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern, 'u'));
	if (schema.type === 'string') {
		const knownCodeArbitrary = fc.constantFrom('C000055', 'C000154', 'ลูกค้า 1', 'C1&x=2');
		const { minLength = 0, maxLength } = schema;
		// URLs resolve `.` and `..` in every encoding.
		return fc
			.oneof(knownCodeArbitrary, fc.string({ minLength, maxLength, unit: 'binary' }))
			.filter((value) => !/^\.{1,2}$/.test(value) && [...value].length <= (maxLength ?? Infinity));
	}
	throw new Error(`The generator does not know ${JSON.stringify(schema)}: teach it`);
}

function createFieldsArbitrary(properties: Record<string, Schema>, required: string[]): fc.Arbitrary<FieldValues> {
	const values = Object.fromEntries(
		Object.entries(properties).map(([name, schema]) => [name, createSchemaArbitrary(schema)]),
	);
	return fc.record<FieldValues>(values, { requiredKeys: required });
}

function createPartsArbitrary({ parameters, requestBody }: ContractOperation): fc.Arbitrary<RequestParts> {
	const createLocationArbitrary = (location: string) => {
		const located = parameters.filter((parameter) => parameter.in === location);
		const schemas = Object.fromEntries(located.map(({ name, schema }) => [name, schema]));
		return createFieldsArbitrary(
			schemas,
			located.filter(({ required }) => required).map(({ name }) => name),
		);
	};
	const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
	const requiredBody = schema ? (createSchemaArbitrary(schema) as fc.Arbitrary<FieldValues>) : fc.constant(undefined);
	const body = requestBody?.required ? requiredBody : fc.option(requiredBody, { nil: undefined });
	return fc.record({ path: createLocationArbitrary('path'), query: createLocationArbitrary('query'), body });
}

function toRawRequest({ method, path, requestBody }: ContractOperation, parts: RequestParts): RawRequest {
	const type = Object.keys(requestBody?.content ?? {})[0] ?? 'application/json';
	const isForm = type === 'application/x-www-form-urlencoded';
	return {
		method: method.toUpperCase(),
		path: path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(parts.path[name]))),
		query: parts.query as Record<string, string>,
		body: isForm ? new URLSearchParams(parts.body as Record<string, string>).toString() : parts.body,
		headers: { 'Content-Type': type },
	};
}

const omitField = (fields: FieldValues, name: string): FieldValues =>
	Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));

/** Lists all requests that break the contract in exactly one place. */
function listContractViolations({ parameters, requestBody }: ContractOperation, parts: RequestParts): RequestParts[] {
	const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
	const requiredQueryParameters = parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
	const integerParameters = parameters.filter(({ schema: { type } }) => type === 'integer');
	const body = parts.body ?? {};
	return [
		{ ...parts, query: { ...parts.query, unknownName: '1' } },
		...requiredQueryParameters.map(({ name }) => ({ ...parts, query: omitField(parts.query, name) })),
		...integerParameters.map((parameter) => ({
			...parts,
			[parameter.in]: { ...parts[parameter.in as 'path' | 'query'], [parameter.name]: '1x' },
		})),
		...(schema && schema.type === 'array'
			? [{ ...parts, body: [{ ...[parts.body].flat()[0], unknownName: 1 }] as never }]
			: []),
		...(schema && schema.type !== 'array' ? [{ ...parts, body: { ...body, unknownName: 1 } }] : []),
		...(schema?.required ?? []).map((name) => ({ ...parts, body: omitField(body, name) })),
		...Object.entries(schema?.properties ?? {})
			.filter(([, { const: constValue, format }]) => constValue !== undefined || format !== undefined)
			.map(([name]) => ({ ...parts, body: { ...body, [name]: '2025-13-01T00:00:00' } })),
	];
}

let sandbox: Sandbox;
let operations: ContractOperation[];
let responseViolations: Awaited<ReturnType<typeof loadContractValidator>>['validateResponse'];
beforeAll(async () => {
	sandbox = await startSandbox();
	const contract = await loadContractValidator();
	operations = contract.operations as unknown as ContractOperation[];
	responseViolations = contract.validateResponse;
});
afterAll(() => sandbox.close());

const folder = join(__dirname, '../../contract');
const text = ['gofive.openapi.yaml', ...readdirSync(folder).filter((name) => name !== 'gofive.openapi.yaml')]
	.map((name) => readFileSync(join(folder, name), 'utf8'))
	.join('\n');
const OPERATION_IDS = [...text.matchAll(/^\s+operationId: (\w+)$/gm)].map(([, operationId = '']) => operationId);

test('tests each operation of the contract', () => {
	expect(operations.map(({ operationId }) => operationId).sort()).toEqual([...OPERATION_IDS].sort());
});

describe.each(OPERATION_IDS)('%s', (operationId) => {
	const getContractOperation = () => {
		const operation = operations.find((candidate) => candidate.operationId === operationId);
		if (!operation) throw new Error(`${operationId} is not in the contract`);
		return operation;
	};

	test('a valid generated request receives a valid response', async () => {
		await fc.assert(
			fc.asyncProperty(createPartsArbitrary(getContractOperation()), async (parts) => {
				const answer = await sendRawRequest(sandbox.url, toRawRequest(getContractOperation(), parts));
				const body = parseResponseBody(answer);
				expect(responseViolations(operationId, answer.status, body)).toEqual([]);
				// The generated client is unknown.
				const [expectedStatus] = operationId === 'createToken' ? [400] : Object.keys(getContractOperation().responses);
				expect(answer.status).toBe(Number(expectedStatus));
			}),
			{ numRuns: deepRuns(60) },
		);
	});

	test('a generated request with one violation is rejected', async () => {
		await fc.assert(
			fc.asyncProperty(createPartsArbitrary(getContractOperation()), async (parts) => {
				for (const invalidParts of listContractViolations(getContractOperation(), parts)) {
					const answer = await sendRawRequest(sandbox.url, toRawRequest(getContractOperation(), invalidParts));
					expect([invalidParts, answer.status]).toEqual([invalidParts, 400]);
					const body = parseResponseBody(answer);
					expect(responseViolations(operationId, answer.status, body)).toEqual([]);
					const expectedError =
						operationId === 'createToken' ? { error: 'invalid_request' } : { status: { code: '4001' }, data: null };
					expect(body).toMatchObject(expectedError);
				}
			}),
			{ numRuns: deepRuns(15) },
		);
	});
});
