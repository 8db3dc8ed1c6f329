import { commaSeparated, defineWrite, id, output } from '../../operation';
import { additionalFieldsOfNewRecord, withLookupLink } from '../sharedFields';
import { dealEntity } from './entity';
import { optionalDealFields, requiredDealFields } from './fields';

/**
 * Creates a deal: `POST /v1/deals`. The response was not seen and is taken to be the one of Update.
 * @see https://developer.gofive.co.th/api-3608469
 */
export const create = defineWrite({
	name: 'Create',
	value: 'create',
	action: 'Create deal',
	description: 'Create a deal for one or more customers',
	fields: {
		customerCodes: commaSeparated(
			'Customer Codes',
			withLookupLink('Comma-separated codes of the customers that the deal belongs to'),
			{ required: true, example: 'C000055, C000154' },
		),
		boardId: id(
			'Board ID',
			withLookupLink(
				'ID of the board that the deal is on',
				"The field boardId of Deal > Get probably contains it, with 'Selected Fields' in 'Output'",
			),
			{ required: true, example: '1' },
		),
		...requiredDealFields({ required: true }),
		additionalFields: additionalFieldsOfNewRecord(optionalDealFields),
		output: output(dealEntity),
	},
	nameField: 'dealName',
	request: (_values, body) => ({ method: 'POST', path: '/v1/deals', body }),
});
