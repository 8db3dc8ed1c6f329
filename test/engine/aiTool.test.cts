import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';
import { fromAI, keyOf, typeOf } from '../ai.cts';
import { operations, parametersOf, propertiesOf } from '../operations.cts';
import type { Listed } from '../operations.cts';
import { runTool } from './harness.cts';
import { worldWithoutWaiting } from './world.cts';

const world = worldWithoutWaiting();

/** What a model can give: n8n's editor offers it for texts and numbers that stand by themselves. */
const isGivable = ({ type, required, noDataExpression }: INodeProperties): boolean => required === true && !noDataExpression && ['string', 'number'].includes(type);

const sent = () => world.sandbox.requests.filter(({ operationId }) => operationId !== 'createToken').map(({ method, path, query, body }) => ({ method, path, query, body }));

async function asTool({ resource, operation }: Listed, args: (given: IDataObject) => IDataObject) {
	const usual = { resource, operation: operation.value, ...parametersOf(operation) } as IDataObject;
	const givable = propertiesOf(operation).filter(isGivable);
	const parameters = { ...usual, ...Object.fromEntries(givable.map((property) => [property.name, fromAI(keyOf(property), typeOf(property))])) };
	const given: IDataObject = Object.fromEntries(givable.map((property) => [keyOf(property), usual[property.name]]));
	const tool = await runTool({ parameters: parameters as INodeParameters, credential: world.credential, args: args(given) });
	return { tool, usual, givable };
}

test.each(operations)('$name is a tool: a model is asked for what is required, and its values go out like those of a person', async (listed) => {
	const { tool, usual, givable } = await asTool(listed, (given) => given);
	expect(tool.description).toBe(`${listed.operation.action} in GoFive`);
	expect(Object.keys(tool.arguments)).toEqual(givable.map(keyOf));
	const byModel = sent();
	world.sandbox.reset();
	const { items, error } = await world.run(listed.operation.value, usual);
	expect(error).toBeUndefined();
	expect(byModel.length).toBeGreaterThan(0);
	expect(byModel).toEqual(sent());
	expect(JSON.parse(tool.answer)).toEqual(items);
});

const withText = operations.filter(({ operation }) => propertiesOf(operation).some((property) => isGivable(property) && property.type === 'string'));

test.each(withText)('$name: a model that leaves a text empty is told what to do, and nothing is sent', async (listed) => {
	const { tool, givable } = await asTool(listed, (given) => {
		const first = Object.entries(given).find(([, value]) => typeof value === 'string')?.[0] ?? '';
		return { ...given, [first]: '' };
	});
	// All of it in the message, since some agents hand on nothing else.
	const [, named, toDo] = /^'(.+?)' is empty\. (.+)$/.exec(tool.answer) ?? [];
	expect(givable.map(({ displayName }) => displayName)).toContain(named);
	expect(toDo).toMatch(/\. Nothing was sent for this item\.$/);
	expect(world.sandbox.requests).toEqual([]);
});
