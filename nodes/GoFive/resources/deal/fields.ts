import { boolean, date, id, idList, multilineText, number, resourceLocator, text } from '../../operation';
import { employee, employees } from '../employee/fields';
import { describeNote, withLookupLink } from '../sharedFields';
import { dealStageList } from './getAll';

/**
 * Builds the description of an ID for which GoFive's documentation has no list.
 * @param key - Key of the ID in GoFive's record of a deal.
 */
const rawOutputAdvice = (thing: string, key: string) =>
	withLookupLink(thing, `The field ${key} of Deal > Get probably contains the IDs, with 'Raw' in 'Output'`);

const DEAL_ID_FIELD = 'the field dealId of Deal > Get Many';

/** Creates the field for the ID of a deal, which is part of the path. */
export const dealId = () =>
	id('Deal ID', withLookupLink('ID of the deal (whole number)', `To look up the ID, use ${DEAL_ID_FIELD}`), {
		required: true,
		bodyKey: null,
		example: '4711',
		idSource: DEAL_ID_FIELD,
	});

/** Creates the fields that a deal requires. In the collection of an update, they are optional. */
export const requiredDealFields = (settings: { required?: true } = {}) => ({
	dealName: text('Deal Name', 'Name of the deal', settings),
	dealValue: number('Deal Value', 'Value of the deal (whole number)', { ...settings, isInteger: true }),
	probability: number('Probability', 'Probability of winning the deal, in percent', {
		...settings,
		isInteger: true,
		min: 0,
		max: 100,
	}),
	expectedCloseDate: date('Expected Close Date', { ...settings, format: 'withOffset' }),
	assignedToStaffCode: employee('Assigned To', 'Staff code of the employee to assign the deal to', {
		...settings,
		bodyKey: 'assignTo',
	}),
});

const dateAndLabelFields = {
	dealDate: date('Deal Date', {
		format: 'withOffset',
		description:
			'Date and time in the time zone of your GoFive account (Thailand by default). Add it if GoFive rejects the deal without it.',
	}),
	dealStageId: resourceLocator('Deal Stage', 'Stage of the deal on its board', dealStageList, { example: '11' }),
	dateFollowUp: date('Follow-Up Date', { format: 'withOffset' }),
	followUpNotes: multilineText('Follow-Up Notes', 'Notes about the follow-up'),
	dealInterests: idList('Interest IDs', rawOutputAdvice('Comma-separated interest IDs', 'dealsInterests'), {
		example: '11, 12',
	}),
	dealLabels: idList('Label IDs', rawOutputAdvice('Comma-separated label IDs', 'dealsLabels'), { example: '11, 12' }),
};

const noteAndQuantityFields = {
	note: multilineText('Note', describeNote('Note', 'deal', 'Remark')),
	participantCodes: employees('Participant', 'Staff codes of other employees who work on the deal'),
	dealQuantity: number('Quantity', 'Quantity that the deal covers (whole number)', { isInteger: true }),
	dealQuantityUnit: text('Quantity Unit', 'Unit of the quantity'),
	reasonCategoryId: id(
		'Reason Category ID',
		withLookupLink(
			'ID of the reason category of a missed deal',
			'No operation of this node is known to return it, so ask GoFive support',
		),
		{ example: '1' },
	),
	remark: multilineText('Remark', describeNote('Remark', 'deal', 'Note')),
};

/** Optional fields of a new deal, in the order of their names. */
export const optionalDealFields = { ...dateAndLabelFields, ...noteAndQuantityFields };

/** Optional fields of an updated deal, in the order of their names. A new deal has no orders and tasks. */
export const dealUpdateFields = {
	cancelAllOrder: boolean('Cancel All Orders', 'Whether to cancel all orders of the deal', {
		bodyKey: 'cancleAllOrder',
	}),
	...dateAndLabelFields,
	markAllTaskAsDone: boolean('Mark All Tasks as Done', 'Whether to mark all tasks of the deal as done'),
	...noteAndQuantityFields,
};
