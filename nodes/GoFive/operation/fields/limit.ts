import type { INodeProperties } from 'n8n-workflow';
import { isBlank, notAccepted } from '../text';
import type { Field } from '../types';
import { hintIfLost } from './read';
import { flag } from './simple';

const MOST = 50;

interface AboutLimit {
	/** Whether all are returned unless a limit is set. */
	all?: boolean;
	/** The parameter and its values with which the two are shown; with others everything is returned. */
	only?: [name: string, values: string[]];
}

/** Return All and Limit; the value is the most that an item gives, or undefined for all. */
export function limit({ all = false, only }: AboutLimit = {}): Field<number | undefined> {
	const displayOptions: INodeProperties['displayOptions'] = only && { show: { [only[0]]: only[1] } };
	return {
		wire: null,
		isShape: true,
		properties: (name) => [
			...flag('Return All', {
				default: all,
				displayOptions,
				description: 'Whether to return all results or only up to a given limit',
			}).properties('returnAll'),
			{
				displayName: 'Limit',
				name,
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 50,
				description: 'Max number of results to return',
				displayOptions: { ...displayOptions, show: { ...displayOptions?.show, returnAll: [false] } },
			},
		],
		read(get, name, context) {
			if (only && !only[1].includes(String(get(only[0])))) return undefined;
			const given = get('returnAll');
			const kept = all ? 'all were returned' : 'the limit was kept';
			if (isBlank(given)) hintIfLost(context, 'returnAll', 'Return All', kept);
			const chosen = isBlank(given) ? all : given;
			const cuts = chosen === false || (typeof chosen === 'string' && chosen.trim().toLowerCase() === 'false');
			if (!cuts) return undefined;
			const most = get(name);
			const value = isBlank(most) ? MOST : most;
			const number = typeof value === 'string' ? Number(value) : value;
			if (!Number.isInteger(number) || (number as number) < 1) {
				throw notAccepted(value, 'Limit', 'Give a whole number from 1 up.');
			}
			return number as number;
		},
	};
}
