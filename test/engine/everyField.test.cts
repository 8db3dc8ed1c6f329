import type { IDataObject } from 'n8n-workflow';
import { operations, parametersOf, type Listed } from '../operations.cts';
import { allTogether, eachAlone, keysThatDiffer, type Wire } from '../places.cts';
import { sendsOf } from './requests.cts';
import { openWorld } from './world.cts';

const world = openWorld({ isFresh: false });

/** What leaves for some parameters. @throws Error when the sandbox refuses it, since it breaks the contract */
async function wireOf(listed: Listed, parameters: Record<string, unknown>): Promise<Wire> {
	world.sandbox.reset();
	const { error } = await world.run(listed.operation.value, { resource: listed.resource, ...(parameters as IDataObject) });
	const [sent] = world.sent((await sendsOf(listed)).sends);
	// What GoFive does not know is not a matter of the contract.
	const isKept = !error || /^GoFive answered: [\w ]+ not found \(/.test(error.message);
	if (!sent || !isKept) throw new Error(`${JSON.stringify(parameters)}: ${error?.message}. ${error?.description}`);
	return { path: sent.path, query: Object.fromEntries(new URLSearchParams(sent.query)), body: sent.body === '' ? undefined : JSON.parse(sent.body) };
}

/** The same with lines as JSON. */
function withJson(given: Record<string, unknown>): Record<string, unknown> {
	const names = Object.keys(given).filter((name) => `${name}Json` in given);
	const switched = names.map((name) => ({ [name]: {}, [`${name}Input`]: 'json', [`${name}Json`]: JSON.stringify((given[name] as { line?: object[] }).line ?? []) }));
	return Object.assign({}, given, ...switched) as Record<string, unknown>;
}

/** What a rule between fields keeps from being filled in together with all else. */
const LEFT_OUT: Record<string, string[]> = {
	// A business has contacts, an individual has one; without a type both are taken.
	'customer.upsert': ['additionalFields.customerType'],
};

// What Any Endpoint sends is what a person writes.
const described = operations.filter(({ resource }) => resource !== 'endpoint');

describe.each(described)('$name', (listed) => {
	test('with what is required alone, and with all at once, also as JSON, it keeps the contract', async () => {
		const { given, leftOut } = allTogether(listed);
		expect(leftOut).toEqual(LEFT_OUT[listed.name] ?? []);
		await wireOf(listed, parametersOf(listed.operation));
		expect(await wireOf(listed, withJson(given))).toEqual(await wireOf(listed, given));
	});

	test('with each input alone, and each of its values, it keeps the contract, and the value travels', async () => {
		const stuck: string[] = [];
		// Other Fields (JSON) is for what the contract does not know.
		for (const { path, property, isShape, without, withs } of eachAlone(listed).filter((one) => one.property.type !== 'json')) {
			const wires: Wire[] = [];
			for (const given of withs) wires.push(await wireOf(listed, given));
			const base = without && !property.required ? await wireOf(listed, without) : undefined;
			// The first value may be what holds where nothing is given.
			const isAdded = !base || keysThatDiffer([base, ...wires.slice(-1)]).length > 0;
			if (!isShape && !(isAdded && keysThatDiffer(wires).length > 0)) stuck.push(path.join('.'));
		}
		expect(stuck).toEqual([]);
	});
});
