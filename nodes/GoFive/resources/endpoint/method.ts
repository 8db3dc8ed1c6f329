import { failUnsent } from '../../api/words/failure';
import type { Effect, Method } from '../../api/request/request';
import { isBlank, notAccepted, readFlag, type Field, type ReadContext } from '../../operation';

const METHODS: Method[] = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'];

/** The editor offers no expression for these two, but a stored workflow may hold one, which n8n mostly hands out unresolved. */
function failIfExpression(given: unknown, context: ReadContext, name: string, displayName: string): void {
	if (!context.isExpression(name) && !(typeof given === 'string' && given.includes('{{'))) return;
	failUnsent(
		`'${displayName}' cannot be an expression`,
		'Choose it from the list, so that the data of an item cannot decide it.',
	);
}

function methodFrom(given: unknown): Method {
	const chosen = isBlank(given) ? 'GET' : given;
	const known = METHODS.find((one) => one === chosen);
	if (!known) throw notAccepted(chosen, 'Method', `Give one of ${METHODS.join(', ')}.`);
	return known;
}

/** The HTTP method. */
export function method(): Field<Method> {
	return {
		wire: null,
		properties: (name) => [
			{
				displayName: 'Method',
				name,
				type: 'options',
				noDataExpression: true,
				options: METHODS.map((value) => ({ name: value, value })),
				default: 'GET',
				description: "The method that GoFive's page of the endpoint names",
			},
		],
		read(get, name, context) {
			const given = get(name);
			failIfExpression(given, context, name, 'Method');
			return methodFrom(given);
		},
	};
}

/** Whether the request may change something; a GET does not, unless the user says so. */
export function changesData(): Field<Effect> {
	const property = {
		displayName: 'Changes Data',
		type: 'boolean' as const,
		noDataExpression: true,
		description:
			'Whether the request may change something at GoFive. If so, items are sent one after the other, and none is sent again where GoFive may have carried it out. Turn it off for a search.',
	};
	const reads: Method[] = ['GET'];
	return {
		wire: null,
		properties: (name) => [
			{ ...property, name, default: false, displayOptions: { show: { method: reads } } },
			{ ...property, name, default: true, displayOptions: { hide: { method: reads } } },
		],
		read(get, name, context) {
			const given = get(name);
			failIfExpression(given, context, name, 'Changes Data');
			const changes = isBlank(given) ? methodFrom(get('method')) !== 'GET' : readFlag(given, 'Changes Data');
			return changes ? 'write' : 'read';
		},
	};
}
