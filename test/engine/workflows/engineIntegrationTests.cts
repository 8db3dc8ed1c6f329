import { execFileSync } from 'node:child_process';
import { ExecuteContext } from 'n8n-core';
import { NodeHelpers } from 'n8n-workflow';
import type { INodeParameters, INodeType } from 'n8n-workflow';
import { SANDBOX_CREDENTIAL_DATA } from '../../../sandbox/index.mts';
import { expectNoSecretInTexts, expectNoSecretInResult } from '../resultAssertions.cts';
import { BUILT_FILES } from '../harness/engineEnvironment.cts';
import { prepareNodeUnderTest } from '../harness/nodeUnderTest.cts';
import { fillNearlyAllFields } from '../../support/formFields.cts';
import { allOperations, getExampleParameters } from '../../support/operationParameters.cts';
import { setupExecutionFixture } from '../executionFixture.cts';

const { GoFive } = require(BUILT_FILES.GoFive) as { GoFive: new () => INodeType };
const { description } = new GoFive();

const fixture = setupExecutionFixture();
afterEach(() => jest.restoreAllMocks());

// Proves that the search for secrets sees everything that an execution leaves.
test('the search for secrets finds a secret in stored data and in logs', async () => {
	const { clientSecret } = SANDBOX_CREDENTIAL_DATA;
	const result = await fixture.runOperation('getTypes', {}, { items: [{ note: clientSecret }] });
	expect(() => expectNoSecretInTexts(fixture, result.runDataText)).toThrow(clientSecret);
	expect(() => expectNoSecretInResult(fixture, result)).toThrow(clientSecret);
	expect(result.logs).toContain('Running node "GoFive Venio CRM" finished successfully');
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

// Executions of these tests have only the properties of their operation, so that n8n checks fewer.
test.each(allOperations)(
	'$name: n8n reads and checks the same parameters if the node has no other operation',
	(entry) => {
		const { resource, operation } = entry;
		for (const values of [{}, getExampleParameters(operation), fillNearlyAllFields(entry).parameters]) {
			const parameters = { ...values, resource, operation: operation.value } as INodeParameters;
			const { node, nodeType } = prepareNodeUnderTest({ parameters });
			expect(nodeType.description.properties.length).toBeLessThan(description.properties.length / 5);
			const [ofOperation, ofNode] = [nodeType.description, description].map((type) => ({
				parameters: NodeHelpers.getNodeParameters(type.properties, parameters, true, false, node, type),
				issues: NodeHelpers.getNodeParametersIssues(type.properties, node, type),
			}));
			expect(ofOperation).toEqual(ofNode);
		}
	},
);
