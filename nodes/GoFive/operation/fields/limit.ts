import type { INodeProperties } from 'n8n-workflow';
import { isBlank } from '../text';
import type { Field, Get } from '../types';
import { hintIfLost, readFlag } from './read';
import { flag, number } from './simple';

const most = number('Limit', 'Max number of results to return', { min: 1, whole: true, default: 50 });

interface AboutLimit {
	/** Whether all are returned unless a limit is set. */
	all?: boolean;
	/** When the two are shown; where it does not hold everything is returned. */
	only?: { displayOptions: INodeProperties['displayOptions']; holds(get: Get): boolean };
}

/** Return All and Limit; the value is the most that an item gives, or undefined for all. */
export function limit({ all = false, only }: AboutLimit = {}): Field<number | undefined> {
	const displayOptions = only?.displayOptions;
	return {
		wire: null,
		isShape: true,
		properties: (name) => [
			...flag('Return All', 'Whether to return all results or only up to a given limit', {
				default: all,
				displayOptions,
			}).properties('returnAll'),
			...most.properties(name).map((property) => ({
				...property,
				displayOptions: { ...displayOptions, show: { ...displayOptions?.show, returnAll: [false] } },
			})),
		],
		read(get, name, context) {
			if (only?.holds(get) === false) return undefined;
			const given = get('returnAll');
			const kept = all ? 'all were returned' : 'the limit was kept';
			if (isBlank(given)) hintIfLost(context, 'returnAll', 'Return All', kept);
			if (isBlank(given) ? all : readFlag(given, 'Return All')) return undefined;
			return most.read(get, name, context);
		},
	};
}
