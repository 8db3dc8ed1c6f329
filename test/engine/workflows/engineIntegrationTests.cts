import { execFileSync } from 'node:child_process';
import { ExecuteContext } from 'n8n-core';
import { SANDBOX_CREDENTIAL_DATA } from '../../../sandbox/index.mts';
import { expectNoSecretInTexts, expectNoSecretInResult } from '../resultAssertions.cts';
import { BUILT_FILES } from '../harness/engineEnvironment.cts';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();
afterEach(() => jest.restoreAllMocks());

// Proves that the search for secrets sees everything that an execution leaves.
test('the search for secrets finds a secret in stored data and in logs', async () => {
	const { clientSecret } = SANDBOX_CREDENTIAL_DATA;
	const result = await fixture.runOperation('getTypes', {}, { items: [{ note: clientSecret }] });
	expect(() => expectNoSecretInTexts(fixture, result.runDataText)).toThrow(clientSecret);
	expect(() => expectNoSecretInResult(fixture, result)).toThrow(clientSecret);
	expect(result.logs).toContain('Running node "GoFive" finished successfully');
	expect(() => expectNoSecretInResult(fixture, { ...result, runDataText: '', logs: clientSecret })).toThrow(
		clientSecret,
	);
});

test('n8n loads only descriptions at its start, and the code that sends requests later', () => {
	const loaderScript = `for (const file of ${JSON.stringify(Object.values(BUILT_FILES))}) for (const Type of Object.values(require(file))) new Type();
		console.log(Object.keys(require.cache).join('\\n'))`;
	const files = execFileSync(process.execPath, ['-e', loaderScript], { encoding: 'utf8' }).split('\n');
	expect(files).toEqual(expect.arrayContaining(Object.values(BUILT_FILES)));
	expect(
		files.filter((file) => /dist\/nodes\/GoFive\/(?:api\/transport|operation\/execute|trigger\/poll)/.test(file)),
	).toEqual([]);
});

test('reads the parameters of a field without an expression once, and all others once per item', async () => {
	// n8n reads every parameter with this method.
	const parameterReadSpy = jest.spyOn(
		ExecuteContext.prototype as unknown as { _getNodeParameter(name: string): unknown },
		'_getNodeParameter',
	);
	const items = [
		{ code: 'C000055', from: '2025-01-01' },
		{ code: 'C000154', from: '2025-01-02' },
		{ code: 'C000055', from: '2025-01-03' },
	];
	await fixture.runOperation(
		'getByCustomerCode',
		{ customerCode: '={{ $json.code }}', dateFrom: '={{ $json.from }}', options: { sort: 'newestFirst' } },
		{ items },
	);
	const countReads = (name: string) =>
		parameterReadSpy.mock.calls.filter(([parameterName]) => parameterName === name).length;
	expect(
		['customerCode', 'dateFrom', 'dateTo', 'eventTypes', 'returnAll', 'output', 'options'].map(countReads),
	).toEqual([3, 3, 3, 1, 1, 1, 1]);
});
