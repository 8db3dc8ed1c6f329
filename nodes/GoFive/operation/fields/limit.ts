import type { INodeProperties } from 'n8n-workflow';
import type { Field, GetParameter } from '../types';
import { hintIfExpressionEmpty, readBoolean } from './readValue';
import { boolean, number } from './simple';
import { isBlank } from '../../shared/text';

const limitField = number('Limit', 'Max number of results to return', { min: 1, isInteger: true, default: 50 });

interface LimitSettings {
	/** Whether all are returned unless a limit is set. */
	returnsAll?: boolean;
	/** When the two are shown; where it does not hold everything is returned. */
	visibility?: { displayOptions: INodeProperties['displayOptions']; isVisible(get: GetParameter): boolean };
}

/** Return All and Limit; the value is the most that an item gives, or undefined for all. */
export function limit({ returnsAll = false, visibility }: LimitSettings = {}): Field<number | undefined> {
	const displayOptions = visibility?.displayOptions;
	return {
		bodyKey: null,
		isOutputOnly: true,
		properties: (name) => [
			...boolean('Return All', 'Whether to return all results or only up to a given limit', {
				default: returnsAll,
				displayOptions,
			}).properties('returnAll'),
			...limitField.properties(name).map((property) => ({
				...property,
				displayOptions: { ...displayOptions, show: { ...displayOptions?.show, returnAll: [false] } },
			})),
		],
		read(get, name, context) {
			if (visibility?.isVisible(get) === false) return undefined;
			const value = get('returnAll');
			const consequence = returnsAll ? 'all were returned' : 'the limit was kept';
			if (isBlank(value)) hintIfExpressionEmpty(context, 'returnAll', 'Return All', consequence);
			if (isBlank(value) ? returnsAll : readBoolean(value, 'Return All')) return undefined;
			return limitField.read(get, name, context);
		},
	};
}
