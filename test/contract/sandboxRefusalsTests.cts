import type { Sandbox } from '../../sandbox/index.mts';
import { loadContractValidator, type ContractValidator } from '../../sandbox/contractValidator.mts';
import { getRecordsExtension, getRefusals, type RecordLookup } from '../../sandbox/recordsExtension.mts';
import { buildExampleRequest } from '../support/operationRequest.cts';
import { parseResponseBody, sendRawRequest, setupSandbox } from './rawRequest.cts';

let sandbox: Sandbox;
setupSandbox((startedSandbox) => (sandbox = startedSandbox));
let contract: ContractValidator;
beforeAll(async () => void (contract = await loadContractValidator()));

/** Number and text of records that do not exist. */
const UNKNOWN_ID = 99_999_999;
const UNKNOWN_CODE = 'NOPE';

type Body = Record<string, unknown>;

/** Returns the key of a request that names a record. */
const getSentKey = (reference?: RecordLookup): string | undefined => reference?.sentAs ?? reference?.idKey;

/** Replaces the value that finds a record by one that does not exist, in the path, query or body. */
function nameUnknownRecord(request: ReturnType<typeof buildExampleRequest>, key: string, path: string) {
	const isInPath = path.includes(`{${key}}`);
	const unknown = /id$|^eventType$/iu.test(key) ? UNKNOWN_ID : UNKNOWN_CODE;
	if (isInPath) return { ...request, path: path.replace(`{${key}}`, String(unknown)) };
	if (key in request.query) return { ...request, query: { ...request.query, [key]: String(unknown) } };
	const { body } = request;
	const changedBody = Array.isArray(body) ? [{ ...(body[0] as Body), [key]: unknown }] : { ...body, [key]: unknown };
	return { ...request, body: changedBody };
}

test('each operation that refuses unknown records refuses one, and stores nothing', async () => {
	const operations = contract.operations.filter((operation) =>
		getRefusals(operation).some(({ check }) => check === 'unknown'),
	);
	expect(operations.length).toBeGreaterThanOrEqual(15);
	for (const operation of operations) {
		const extension = getRecordsExtension(operation);
		const references = [extension, ...(extension?.belongsTo ?? [])];
		const keys = references.flatMap((reference) => getSentKey(reference) ?? []);
		expect(keys).not.toEqual([]);
		for (const key of keys) {
			const before = JSON.stringify(Object.values(sandbox.records).map(({ records }) => records));
			const request = nameUnknownRecord(buildExampleRequest(operation as never), key, operation.path);
			const { text } = await sendRawRequest(sandbox.url, request);
			expect([operation.operationId, key, text]).toEqual([
				...[operation.operationId, key, expect.stringMatching(/not found/u)],
			]);
			expect(JSON.stringify(Object.values(sandbox.records).map(({ records }) => records))).toBe(before);
		}
	}
});

test('each refusal shows its evidence', () => {
	const refusals = contract.operations.flatMap((operation) => getRefusals(operation)) as object[];
	expect(refusals.length).toBeGreaterThanOrEqual(20);
	for (const refusal of refusals)
		expect(refusal).toMatchObject({ 'x-evidence': expect.any(String), 'x-page': expect.any(String) });
});

test('each Get of an unknown record has a business error', async () => {
	const reads = contract.operations.filter(
		(operation) => operation.method === 'get' && getRecordsExtension(operation)?.idKey !== undefined,
	);
	expect(reads.length).toBeGreaterThanOrEqual(9);
	for (const operation of reads) {
		const key = getSentKey(getRecordsExtension(operation)) ?? '';
		const request = nameUnknownRecord(buildExampleRequest(operation as never), key, operation.path);
		const response = await sendRawRequest(sandbox.url, request);
		expect([operation.operationId, parseResponseBody(response)]).toMatchObject([
			operation.operationId,
			{ status: { code: '4001', description: expect.stringMatching(/ not found$/u) }, data: null },
		]);
	}
});

test('a second conversion, and the name of another customer, are refused', async () => {
	const send = async (operationId: string, changes: Body = {}) => {
		const { body, ...request } = buildExampleRequest(contract.getOperation(operationId) as never);
		const response = await sendRawRequest(sandbox.url, { ...request, body: { ...body, ...changes } });
		return (parseResponseBody(response) as { status: { description: string } }).status.description;
	};
	expect(await send('convertQuotation')).toBe('Success');
	expect(await send('convertQuotation')).toBe('Quotation was already converted');
	const name = { customerName: 'Lanna Coffee Roasters' };
	expect(await send('upsertCustomer', name)).toBe('Customer name already exists');
	expect(await send('upsertCustomer', { customerCode: 'C000154', ...name })).toBe('Customer name already exists');
	expect(await send('upsertCustomer', { customerCode: 'C000201', ...name })).toBe('Success');
});

test('each stored record conforms to the contract', async () => {
	for (const operation of contract.operations.filter(({ method }) => method !== 'get')) {
		const request = buildExampleRequest(operation as never);
		if (getRecordsExtension(operation)) await sendRawRequest(sandbox.url, request);
	}
	for (const list of Object.values(sandbox.records))
		for (const record of list.records) expect(list.findViolations(record)).toEqual([]);
});
