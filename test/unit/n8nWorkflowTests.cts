import { NodeHelpers, type INodeProperties, type INodePropertyOptions, type INodeTypeDescription } from 'n8n-workflow';
import { NodeHelpers as OldestNodeHelpers } from 'n8n-workflow-1x';
import { GoFive } from '../../nodes/GoFive/GoFive.node';

const { description } = new GoFive();

/** Keeps a property in version 1, and adds it with another default to version 2. See CONTRIBUTING.md. */
function withNewDefault(property: INodeProperties, defaultValue: string): INodeProperties[] {
	const showIn = (version: number, changes = {}): INodeProperties => ({
		...property,
		...changes,
		displayOptions: { ...property.displayOptions, show: { ...property.displayOptions?.show, '@version': [version] } },
	});
	return [showIn(1), showIn(2, { default: defaultValue })];
}

const isDateRangeOfEvents = ({ name, displayOptions: { show } = {} }: INodeProperties): boolean =>
	name === 'dateRange' &&
	show?.['resource']?.includes('customerEvent') === true &&
	show['operation']?.includes('getAll') === true;

/** The node as it would be after the default of Date Range has changed. */
const nextDescription: INodeTypeDescription = {
	...description,
	version: [1, 2],
	defaultVersion: 2,
	properties: description.properties.flatMap((property) =>
		isDateRangeOfEvents(property) ? withNewDefault(property, 'thisMonth') : [property],
	),
};

describe.each([
	['newest', NodeHelpers],
	['oldest', OldestNodeHelpers as unknown as typeof NodeHelpers],
])('in the %s n8n-workflow', (_, { getNodeParameters }) => {
	// n8n does not store a default, so that a saved workflow does not contain the range.
	test.each([
		[1, 'lastMonth'],
		[2, 'thisMonth'],
	])('a workflow of version %s has its own default', (typeVersion, dateRange) => {
		const saved = { resource: 'customerEvent', operation: 'getAll' };
		const parameters = getNodeParameters(
			nextDescription.properties,
			saved,
			true,
			false,
			{ typeVersion },
			nextDescription,
		);
		expect(parameters).toMatchObject({ ...saved, dateRange });
	});
});

test.each([
	['newest', NodeHelpers],
	['oldest', OldestNodeHelpers as unknown as typeof NodeHelpers],
])('%s: a tool for AI agents does not offer Delete, whose path is inferred', (_, { displayParameter }) => {
	const selectors = description.properties.filter(({ name }) => name === 'operation');
	const options = selectors.flatMap((selector) => (selector.options ?? []) as INodePropertyOptions[]);
	const offered = (name: string) =>
		options
			.filter((option) => displayParameter({}, option as unknown as INodeProperties, null, { ...description, name }))
			.map(({ action }) => action);
	expect(offered('goFive')).toHaveLength(options.length);
	expect(offered('goFive').filter((action) => !offered('goFiveTool').includes(action))).toEqual([
		'Delete customer event',
	]);
});
