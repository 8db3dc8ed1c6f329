import { readText } from '../operation/fields';
import type { Field } from '../operation/types';

/** The code of a customer; numbers, as sheets give them, are accepted. */
export function customerCode(description: string): Field<string> {
	return {
		properties: [
			{
				displayName: 'Customer Code',
				name: 'customerCode',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. C000055',
				description,
			},
		],
		read: (get) => readText(get('customerCode'), 'Customer Code'),
	};
}
