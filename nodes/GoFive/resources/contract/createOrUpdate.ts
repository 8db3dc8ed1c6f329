import { Failure, NOTHING_SENT } from '../../api/words/failure';
import { date } from '../../operation/fields/dates';
import { group } from '../../operation/fields/group';
import { output } from '../../operation/fields/output';
import { number, text } from '../../operation/fields/simple';
import { operation } from '../../operation/types';
import { EMPTY_MAKES_NEW, additional, customerCode, noticeOfOther } from '../fields';
import { contract } from './contract';
import { agreementNote, serviceFields } from './fields';

const service = serviceFields({});

/** @throws Failure when a service was added without what GoFive needs of one */
function assertWhole(added: Record<string, unknown>): void {
	const missing = Object.entries(service).filter(([name]) => (added[name] ?? undefined) === undefined);
	if (Object.keys(added).length === 0 || missing.length === 0) return;
	const names = missing.map(([name, field]) => `'${field.properties(name)[0]?.displayName}'`);
	throw new Failure({
		message: `'Service' lacks ${new Intl.ListFormat('en').format(names)}`,
		description: `Add what is missing to 'Service', or remove all of its fields. ${NOTHING_SENT}`,
	});
}

/** POST /v1/contract (page api-18402429, in development). That a missing number makes a new contract is inferred, and so is the answer: like that of Get. */
export const createOrUpdate = operation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update contract',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	effect: 'write',
	fields: {
		contractNo: text('Contract No', {
			placeholder: 'e.g. CONT250600006',
			description: 'Number of the contract to change; empty makes a new one',
			hint: EMPTY_MAKES_NEW,
		}),
		customerCode: customerCode('Code of the customer with whom the contract is made'),
		contractName: text('Contract Name', { required: true, description: 'Title of the contract' }),
		contractType: text('Contract Type', {
			required: true,
			placeholder: 'e.g. MA',
			description: 'Code of a type that is set up in the settings of Venio',
		}),
		dateStart: date('Start Date', { as: 'blank', required: true }),
		dateEnd: date('End Date', { as: 'blank', required: true }),
		owner: text('Owner', {
			required: true,
			placeholder: 'e.g. staff01',
			description:
				'Staff code of the person who looks after the contract; Get Many of Employee returns it as staffCode',
		}),
		contractService: group(
			'Service',
			{ agreementNote: agreementNote(), ...service },
			{
				wire: 'contractService',
				description: 'A service that the contract holds; it needs Frequency, Number of Times and Subject',
			},
		),
		additionalFields: additional({
			contractValue: number('Contract Value', {
				whole: true,
				description: 'What the contract is worth, a whole number',
			}),
			description: text('Description', { typeOptions: { rows: 3 }, description: 'More about the contract' }),
		}),
		output: output(contract),
	},
	entity: contract,
	record: 'contractNo',
	request: ({ contractService }, body) => {
		assertWhole(contractService);
		return { method: 'POST', path: '/v1/contract', body };
	},
	notice: noticeOfOther('contractNo', 'contract', 'Contract No'),
});
