import {
	collection,
	compareByName,
	defineAccessCheck,
	defineList,
	limit,
	notice,
	type AccessCheck,
	type DataResource,
	type Entity,
	type Field,
	type Operation,
} from '../../operation';
import { activityEntity } from '../activity/get';
import { customerEntity } from '../customer/entity';
import { withLookupLink } from '../sharedFields';

/** Settings of a list that has no form, because not even its path is known for sure. */
const listSettings = {
	value: 'getAll',
	action: '',
	description: '',
	fields: { limit: limit() },
} as const;

/**
 * Endpoints that no operation calls, although there is some evidence for them. Any Endpoint can call them.
 * - The list of activities: its name is in GoFive's menu, and its path is inferred from similar lists.
 * - A second list of customers: a public sample client calls it, with the keys of the page in the query.
 */
export const otherEndpoints: AccessCheck[] = [
	{
		resource: 'Activity',
		operation: defineList({
			...listSettings,
			name: 'Activities Enquiry (Any Endpoint)',
			evidence: 'inferred',
			entity: activityEntity,
			pages: { takeKey: 'pageLength', skipKey: 'skip' },
			request: (_values, body) => ({ method: 'POST', path: '/v1/Activities/Enquiry', body }),
		}),
	},
	{
		resource: 'Customer',
		operation: defineList({
			...listSettings,
			name: 'Customers Filter (Any Endpoint)',
			evidence: 'observed',
			entity: customerEntity,
			request: () => ({
				method: 'POST',
				path: '/v1/Customers/filter',
				query: [
					['skip', 0],
					['pageLength', 2],
				],
				body: { type: 11300 },
			}),
		}),
	},
];

/** Whether an operation works with the account. It contains no value of GoFive, so that it can be sent to others. */
const accessEntity: Entity = {
	pluralName: 'operations',
	columns: {
		resource: { displayName: 'Resource' },
		operation: { displayName: 'Operation' },
		result: { displayName: 'Result' },
		reason: { displayName: 'Reason' },
		endpoint: { displayName: 'Endpoint' },
		documented: { displayName: 'Documented', type: 'boolean' },
		missingColumns: { displayName: 'Missing Fields' },
		otherKeys: { displayName: 'Unknown Fields' },
	},
};

/** Lists the operations to try, in the order of the form. Other endpoints of a resource follow its operations. */
const listChecks = (resources: DataResource[]): AccessCheck[] =>
	resources.flatMap(({ name, operations }) => [
		// Get Totals sends the requests of its list.
		...operations
			.filter(({ kind }) => kind !== 'totals')
			.sort(compareByName)
			.map((operation) => ({ resource: name, operation })),
		...otherEndpoints.filter(({ resource }) => resource === name),
	]);

/** Creates an optional field for the ID of a record from the field of the operation that reads it. */
const toOptionalId = (field: Field): Field => ({
	...field,
	properties: (name) =>
		field.properties(name).map((property) => ({
			...property,
			required: undefined,
			description: withLookupLink('ID of a record to check, if a result of the check names this field'),
		})),
});

/** Lists the fields of the operations that read one record. */
function listRecordIds(checks: AccessCheck[]): Record<string, Field> {
	const fields: Array<[string, Field]> = [];
	for (const { operation } of checks) {
		const { effect, idField } = operation;
		if (effect === 'read' && idField !== undefined)
			fields.push([idField, toOptionalId(operation.fields[idField] as Field)]);
	}
	return Object.fromEntries(fields);
}

/**
 * Creates the operation that tries the operations of resources with the account. It only reads data.
 * @param resources - Resources whose operations are tried.
 */
export function createCheckAccess(resources: DataResource[]): Operation {
	const checks = listChecks(resources);
	return defineAccessCheck({
		name: 'Check Access',
		value: 'checkAccess',
		action: 'Check access to see which operations work',
		description:
			'Find out which operations work with your GoFive account, without trying operations that change data. Returns one item per operation, without values of your records.',
		fields: {
			durationNotice: notice('This operation only reads data, and takes up to two minutes.'),
			recordIds: collection(
				'Record IDs',
				'Run the check without IDs first. Then add the IDs that it names.',
				listRecordIds(checks),
				{ placeholder: 'Add ID' },
			),
		},
		entity: accessEntity,
		checks,
	});
}
