import type { INodeProperties } from 'n8n-workflow';
import { isBlank } from '../../shared/text';
import type { Field, GetParameter } from '../field';
import { boolean } from './options';
import { number } from './number';
import { hintIfExpressionEmpty, readBoolean } from './readValue';

interface LimitSettings {
	/** Whether Return All is on by default. */
	returnsAll?: boolean;
	/** Condition under which both inputs are shown. While `isVisible` returns false, all results are returned. */
	visibility?: { displayOptions: INodeProperties['displayOptions']; isVisible?(getParameter: GetParameter): boolean };
}

/** Creates Return All and Limit. The value is the maximum number of results per item, undefined for all. */
export function limit({ returnsAll = false, visibility }: LimitSettings = {}): Field<number | undefined> {
	const displayOptions = visibility?.displayOptions;
	const limitInput = number('Limit', 'Max number of results to return', {
		min: 1,
		isInteger: true,
		// n8n's lint rules fix the default.
		default: 50,
		displayOptions: { ...displayOptions, show: { ...displayOptions?.show, returnAll: [false] } },
	});
	const returnAllInput = boolean('Return All', 'Whether to return all results or only up to a given limit', {
		default: returnsAll,
		displayOptions,
	});
	return {
		displayName: limitInput.displayName,
		bodyKey: null,
		isOutputOnly: true,
		properties: (name) => [...returnAllInput.properties('returnAll'), ...limitInput.properties(name)],
		read(getParameter, name, context) {
			if (visibility?.isVisible?.(getParameter) === false) return undefined;
			const value = getParameter('returnAll');
			const consequence = returnsAll ? 'all results were returned' : 'the limit was applied';
			if (isBlank(value)) hintIfExpressionEmpty(context, 'returnAll', returnAllInput.displayName, consequence);
			if (isBlank(value) ? returnsAll : readBoolean(value, returnAllInput.displayName)) return undefined;
			return limitInput.read(getParameter, name, context);
		},
	};
}
