import { rejectInput } from '../../api/errors';
import { collection, date, defineWrite, multilineText, number, output, text } from '../../operation';
import { employee } from '../employee/fields';
import { additionalFields, customerCode, hintIfOtherRecord, recordNumber, withLookupLink } from '../sharedFields';
import { contractEntity } from './entity';
import { agreementNote, serviceFields } from './fields';

const requiredServiceFields = serviceFields({});

/**
 * Checks that a service has all fields that GoFive requires, or none.
 * @throws GoFiveError for an incomplete service.
 */
function assertServiceComplete(values: Record<string, unknown>): void {
	const missing = Object.entries(requiredServiceFields).filter(([name]) => (values[name] ?? undefined) === undefined);
	if (Object.keys(values).length === 0 || missing.length === 0) return;
	const names = missing.map(([, { displayName }]) => `'${displayName}'`);
	rejectInput(
		`'Service' requires ${new Intl.ListFormat('en').format(names)}`,
		"Add the missing fields to 'Service', or remove all of its fields.",
	);
}

/**
 * Creates or updates a contract: `POST /v1/contract`. GoFive marks the page as under development.
 * It is inferred that a missing number creates a contract, and that the response is the one of Get.
 * @see https://developer.gofive.co.th/api-18402429
 */
export const upsert = defineWrite({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update contract',
	fields: {
		contractNo: recordNumber('Contract Number', 'contract', 'CONT250600006'),
		customerCode: customerCode('Code of the customer that the contract is with'),
		contractName: text('Contract Name', 'Name of the contract', { required: true }),
		contractType: text(
			'Contract Type',
			withLookupLink(
				'Code of a contract type',
				"The field contractType of Contract > Get probably contains it, with 'Selected Fields' in 'Output'",
			),
			{ required: true, example: 'MA' },
		),
		dateStart: date('Start Date', { format: 'spaceSeparated', required: true }),
		dateEnd: date('End Date', { format: 'spaceSeparated', required: true }),
		owner: employee('Owner', 'Staff code of the employee responsible for the contract', { required: true }),
		contractService: collection(
			'Service',
			"Service included in the contract. If you add one of these fields, add 'Frequency', 'Number of Times' and 'Subject' too.",
			{ agreementNote: agreementNote(), ...requiredServiceFields },
			{ bodyKey: 'contractService' },
		),
		additionalFields: additionalFields({
			contractValue: number('Contract Value', 'Value of the contract (whole number)', { isInteger: true }),
			description: multilineText('Description', 'Details of the contract'),
		}),
		output: output(contractEntity),
	},
	idField: 'contractNo',
	nameField: 'contractName',
	validate: ({ contractService }) => assertServiceComplete(contractService),
	request: (_values, body) => ({ method: 'POST', path: '/v1/contract', body }),
	hintAfterWrite: hintIfOtherRecord(contractEntity, 'contract'),
});
