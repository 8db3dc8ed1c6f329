import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { NOTHING_SENT } from '../../../nodes/GoFive/api/errors';
import { getLocatorValue } from '../../../nodes/GoFive/operation/fields/resourceLocator';
import { buildFromAiValue, getFromAiKey } from '../../support/fromAiExpression.cts';
import {
	allOperations,
	findOperation,
	getExampleParameters,
	getShownProperties,
	isLiteralOnly,
	type OperationEntry,
	withUpdateFields,
} from '../../support/operationParameters.cts';
import { runTool } from '../harness.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock(undefined, { hasToken: true });

// New records of the sandbox contain the current time, and the results of two executions are compared.
beforeEach(() => void jest.spyOn(Date, 'now').mockReturnValue(Date.now()));
afterEach(() => jest.restoreAllMocks());

/** Whether n8n's editor can leave a parameter to the model: required texts and numbers outside collections. */
const isModelInput = (property: INodeProperties): boolean =>
	property.required === true &&
	!isLiteralOnly(property) &&
	['string', 'number', 'resourceLocator'].includes(property.type);

const listSentRequests = () =>
	fixture.apiRequests.map(({ method, path, query, body }) => ({ method, path, query, body }));

/** Calls an operation as a tool. Parameters that are not left to the model have example values. */
async function callTool(name: string, parameters: object, args: IDataObject) {
	const { resource, operation } = findOperation(name);
	const exampleParameters = { resource, operation: operation.value, ...getExampleParameters(operation) };
	return await runTool({
		parameters: { ...exampleParameters, ...parameters },
		credential: fixture.credentialWithToken,
		args,
	});
}

/** Calls an operation as a tool in which all required fields are left to the model. */
async function runAsTool(
	{ name, resource, operation }: OperationEntry,
	buildArguments: (modelArguments: IDataObject) => IDataObject,
) {
	const exampleParameters = { resource, operation: operation.value, ...getExampleParameters(operation) } as IDataObject;
	const modelInputs = getShownProperties(operation).filter(isModelInput);
	const parameters = Object.fromEntries(
		modelInputs.map((property) => [property.name, buildFromAiValue(getFromAiKey(property), property.type)]),
	);
	const modelArguments: IDataObject = Object.fromEntries(
		modelInputs.map((property) => [
			getFromAiKey(property),
			getLocatorValue(exampleParameters[property.name]) as IDataObject,
		]),
	);
	const tool = await callTool(name, parameters, buildArguments(modelArguments));
	return { tool, exampleParameters, modelInputs };
}

// The requests of Check Access are sent in parallel, so their order and number differ.
const sendingOperations = allOperations.filter(({ operation }) => !operation.checks);

test.each(sendingOperations)(
	"$name is a tool: the model fills required fields, and its values are sent like a user's",
	async (entry) => {
		const { tool, exampleParameters, modelInputs } = await runAsTool(entry, (modelArguments) => modelArguments);
		expect(tool.description).toBe(`${entry.operation.action} in GoFive Venio CRM`);
		// n8n's editor names the tool after its description, and models accept names of up to 64 characters.
		expect(tool.description.length).toBeLessThanOrEqual(64);
		expect(Object.keys(tool.argumentDescriptions)).toEqual(modelInputs.map(getFromAiKey));
		const modelRequests = listSentRequests();
		fixture.sandbox.reset();
		const { items, error } = await fixture.runOperation(entry.operation.value, exampleParameters);
		expect(error).toBeUndefined();
		expect(modelRequests.length).toBeGreaterThan(0);
		expect(modelRequests).toEqual(listSentRequests());
		expect(JSON.parse(tool.output)).toEqual(items);
	},
);

test('Check Access is a tool without arguments', async () => {
	const tool = await callTool('account.checkAccess', {}, {});
	expect(tool.description).toBe('Check access to see which operations work in GoFive Venio CRM');
	expect(tool.argumentDescriptions).toEqual({});
	const { items } = await fixture.runExample('account.checkAccess');
	expect(items.length).toBeGreaterThan(40);
	expect(JSON.parse(tool.output)).toEqual(items);
});

const operationsWithText = allOperations.filter(({ operation }) =>
	getShownProperties(operation).some((property) => isModelInput(property) && property.type === 'string'),
);

test.each(operationsWithText)(
	'$name: a model that leaves text empty receives instructions, and nothing is sent',
	async (entry) => {
		const { tool, modelInputs } = await runAsTool(entry, (modelArguments) => {
			const firstTextKey = Object.entries(modelArguments).find(([, value]) => typeof value === 'string')?.[0] ?? '';
			return { ...modelArguments, [firstTextKey]: '' };
		});
		// The message contains everything, because some agents pass on nothing else.
		const [, fieldName, advice] = /^'(.+?)' is empty\. (.+)$/.exec(tool.output) ?? [];
		expect(modelInputs.map(({ displayName }) => displayName)).toContain(fieldName);
		expect(advice?.endsWith(`. ${NOTHING_SENT}`)).toBe(true);
		expect(fixture.sandbox.requestLog).toEqual([]);
	},
);

/** Product of a quotation whose values are left to the model. */
const PRODUCT_ROW = {
	productCode: buildFromAiValue('line0_Product_Code'),
	qty: buildFromAiValue('line0_Quantity', 'number'),
	price: buildFromAiValue('line0_Price', 'number'),
};
const PRODUCTS = [{ productCode: 'A001', qty: 2, price: 99.5 }];

test.each<[inputs: string, operation: string, parameters: object, modelArguments: IDataObject, sentBody: object]>([
	[
		'rows',
		'quotation.upsert',
		{ quotationDetails: { row: [PRODUCT_ROW] } },
		{ line0_Product_Code: 'A001', line0_Quantity: 2, line0_Price: 99.5 },
		{ quotationDetails: PRODUCTS },
	],
	[
		'rows as JSON',
		'quotation.upsert',
		{ quotationDetailsInput: 'json', quotationDetailsJson: buildFromAiValue('Products__JSON_', 'json') },
		{ Products__JSON_: PRODUCTS },
		{ quotationDetails: PRODUCTS },
	],
	[
		'filters',
		'quotation.getAll',
		{
			filters: {
				customerCode: buildFromAiValue('Customer_Code'),
				quotationNo: buildFromAiValue('Quotation_Number'),
			},
		},
		{ Customer_Code: 'C000055', Quotation_Number: 'Q01230000002' },
		{ customerCode: 'C000055', quotationNo: 'Q01230000002' },
	],
	[
		'fields to update',
		'deal.update',
		{
			...withUpdateFields('deal.update', {
				note: buildFromAiValue('Note'),
				dealStageId: buildFromAiValue('Deal_Stage', 'resourceLocator'),
			}),
		},
		{ Note: 'ลูกค้าขอใบเสนอราคา', Deal_Stage: '12' },
		{ note: 'ลูกค้าขอใบเสนอราคา', dealStageId: 12 },
	],
	[
		'a list of several values',
		'deal.getAll',
		{ filters: { dealStageIds: buildFromAiValue('Deal_Stages') } },
		{ Deal_Stages: '11, 12' },
		{ dealStageIds: [11, 12] },
	],
	[
		'path and body of Any Endpoint',
		'endpoint.sendRequest',
		{
			method: 'POST',
			changesData: false,
			path: buildFromAiValue('Path'),
			body: buildFromAiValue('Body', 'json'),
		},
		{ Path: '/v1/quotation/enquiry', Body: { take: 2, skip: 0 } },
		{ take: 2, skip: 0 },
	],
])('the model fills %s: %s', async (_, name, parameters, modelArguments, sentBody) => {
	const tool = await callTool(name, parameters, modelArguments);
	expect(Object.keys(tool.argumentDescriptions).sort()).toEqual(Object.keys(modelArguments).sort());
	expect(JSON.parse(fixture.apiRequests[0]?.body ?? '')).toMatchObject(sentBody);
	const items = JSON.parse(tool.output) as IDataObject[];
	expect(items.filter((item) => 'error' in item)).toEqual([]);
});

test.each<[invalidInput: string, operation: string, parameters: object, modelArguments: IDataObject, message: RegExp]>([
	[
		'an address of another server',
		'endpoint.sendRequest',
		{ path: buildFromAiValue('Path') },
		{ Path: 'https://example.com/v1/quotation/enquiry' },
		/example\.com/,
	],
	[
		'an empty locator that is required',
		'deal.create',
		{ assignedToStaffCode: buildFromAiValue('Assigned_To', 'resourceLocator') },
		{ Assigned_To: '' },
		/'Assigned To' is empty\. Enter a value, [^]*Nothing was sent/,
	],
])('the model receives a message about %s', async (_, name, parameters, modelArguments, messagePattern) => {
	const tool = await callTool(name, parameters, modelArguments);
	expect(tool.output).toMatch(messagePattern);
	expect(fixture.apiRequests).toEqual([]);
});
