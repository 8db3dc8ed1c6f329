import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';
import { getLocatorValue } from '../../../nodes/GoFive/operation/fields/resourceLocator';
import { buildFromAiValue, getFromAiKey } from '../../support/fromAiExpression.cts';
import {
	allOperations,
	getExampleParameters,
	getOperationProperties,
	isLiteralOnly,
	type OperationEntry,
} from '../../support/operationParameters.cts';
import { runTool } from '../harness.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();

/** Whether n8n's editor can leave a parameter to the model: required texts and numbers outside collections. */
const isModelInput = (property: INodeProperties): boolean =>
	property.required === true &&
	!isLiteralOnly(property) &&
	['string', 'number', 'resourceLocator'].includes(property.type);

const listSentRequests = () =>
	fixture.apiRequests.map(({ method, path, query, body }) => ({ method, path, query, body }));

async function runAsTool(
	{ resource, operation }: OperationEntry,
	buildArguments: (modelArguments: IDataObject) => IDataObject,
) {
	const exampleParameters = { resource, operation: operation.value, ...getExampleParameters(operation) } as IDataObject;
	const modelInputs = getOperationProperties(operation).filter(isModelInput);
	const parameters = {
		...exampleParameters,
		...Object.fromEntries(
			modelInputs.map((property) => [property.name, buildFromAiValue(getFromAiKey(property), property.type)]),
		),
	};
	const modelArguments: IDataObject = Object.fromEntries(
		modelInputs.map((property) => [
			getFromAiKey(property),
			getLocatorValue(exampleParameters[property.name]) as IDataObject,
		]),
	);
	const tool = await runTool({
		parameters: parameters as INodeParameters,
		credential: fixture.credential,
		args: buildArguments(modelArguments),
	});
	return { tool, exampleParameters, modelInputs };
}

test.each(allOperations)(
	"$name is a tool: the model fills required fields, and its values are sent like a user's",
	async (entry) => {
		const { tool, exampleParameters, modelInputs } = await runAsTool(entry, (modelArguments) => modelArguments);
		expect(tool.description).toBe(`${entry.operation.action} in GoFive`);
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

const operationsWithText = allOperations.filter(({ operation }) =>
	getOperationProperties(operation).some((property) => isModelInput(property) && property.type === 'string'),
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
		expect(advice).toMatch(/\. Nothing was sent for this item\.$/);
		expect(fixture.sandbox.requestLog).toEqual([]);
	},
);
