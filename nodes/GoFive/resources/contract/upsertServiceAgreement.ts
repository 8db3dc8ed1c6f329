import { codeColumns, defineWrite, output, text, untypedId, type Entity } from '../../operation';
import { additionalFields, withLookupLink } from '../sharedFields';
import { agreementNote, FREQUENCIES, serviceFields } from './fields';

/** A service of a contract. Our copy of the page shows no response, so the columns are the fields of the request. */
const serviceAgreementEntity: Entity = {
	pluralName: 'service agreements',
	columns: {
		contractNo: { displayName: 'Contract Number' },
		subject: { displayName: 'Subject' },
		...codeColumns('frequency', 'Frequency', FREQUENCIES),
		numberOfTimes: { displayName: 'Number of Times', type: 'integer' },
		agreementNote: { displayName: 'Agreement Note' },
		contractServiceId: { displayName: 'Contract Service ID', type: 'integer' },
	},
	keyColumns: ['contractServiceId'],
};

/**
 * Creates or updates a service of a contract: `POST /v1/contract/service-agreement`.
 * GoFive marks the page as under development. It is inferred that a missing ID creates a service.
 * @see https://developer.gofive.co.th/api-18402720
 */
export const upsertServiceAgreement = defineWrite({
	name: 'Create or Update Service Agreement',
	value: 'upsertServiceAgreement',
	action: 'Create or update contract service agreement',
	description:
		'Add a service to a contract, or update one of its services. GoFive marks this operation as "Developing", so it may change.',
	fields: {
		contractNo: text('Contract Number', withLookupLink('Number of the contract that includes the service'), {
			required: true,
			example: 'CONT250600006',
		}),
		contractServiceId: untypedId(
			'Contract Service ID',
			withLookupLink(
				'ID of the service to update',
				"The field contractServiceId of Contract > Get probably contains it, with 'One Item per Row' in 'Output'",
			),
			{ example: '7', hint: 'Leave empty to add a service', rejectsEmptyExpression: true },
		),
		...serviceFields({ required: true }),
		additionalFields: additionalFields({ agreementNote: agreementNote() }),
		output: output(serviceAgreementEntity),
	},
	idField: 'contractNo',
	request: (_values, body) => ({ method: 'POST', path: '/v1/contract/service-agreement', body }),
});
