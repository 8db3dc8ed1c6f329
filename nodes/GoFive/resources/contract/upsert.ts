import { rejectInput } from '../../api/errors/goFiveError';
import { date, collection, multilineText, number, defineOperation, output, text } from '../../operation';
import { additionalFields, customerCode, hintIfOtherRecord, recordNumber } from '../sharedFields';
import { contractEntity } from './entity';
import { agreementNote, serviceFields } from './fields';

const service = serviceFields({});

/** @throws GoFiveError when a service was added without what GoFive needs of one */
function assertServiceComplete(values: Record<string, unknown>): void {
	const missing = Object.entries(service).filter(([name]) => (values[name] ?? undefined) === undefined);
	if (Object.keys(values).length === 0 || missing.length === 0) return;
	const names = missing.map(([name, field]) => `'${field.properties(name)[0]?.displayName}'`);
	rejectInput(
		`'Service' lacks ${new Intl.ListFormat('en').format(names)}`,
		"Add what is missing to 'Service', or remove all of its fields.",
	);
}

/** POST /v1/contract (page api-18402429, in development). That a missing number makes a new contract is inferred, and so is the answer: like that of Get. */
export const upsert = defineOperation({
	value: 'upsert',
	action: 'Create or update contract',
	fields: {
		contractNo: recordNumber('Contract No', 'contract', 'CONT250600006'),
		customerCode: customerCode('Code of the customer with whom the contract is made'),
		contractName: text('Contract Name', 'Title of the contract', { required: true }),
		contractType: text('Contract Type', 'Code of a type that is set up in the settings of Venio', {
			required: true,
			example: 'MA',
		}),
		dateStart: date('Start Date', { as: 'blank', required: true }),
		dateEnd: date('End Date', { as: 'blank', required: true }),
		owner: text(
			'Owner',
			'Staff code of the person who looks after the contract; Get Many of Employee returns it as staffCode',
			{ required: true, example: 'staff01' },
		),
		contractService: collection(
			'Service',
			'A service that the contract holds; it needs Frequency, Number of Times and Subject',
			{ agreementNote: agreementNote(), ...service },
			{ bodyKey: 'contractService' },
		),
		additionalFields: additionalFields({
			contractValue: number('Contract Value', 'What the contract is worth, a whole number', { isInteger: true }),
			description: multilineText('Description', 'More about the contract'),
		}),
		output: output(contractEntity),
	},
	idField: 'contractNo',
	request: ({ contractService }, body) => {
		assertServiceComplete(contractService);
		return { method: 'POST', path: '/v1/contract', body };
	},
	hintAfterWrite: hintIfOtherRecord('contractNo', 'contract', 'Contract No'),
});
