import { boolean, commaSeparated, date, id, idList, multilineText, number, text } from '../../operation';

/**
 * Builds the description of an ID for which GoFive's documentation has no list.
 * @param key - Key of the ID in GoFive's record of a deal.
 */
export const rawOutputAdvice = (thing: string, key: string) =>
	`${thing}. To see the ID, get a deal that has it with the output Raw, where it stands as ${key}.`;

/** Creates the field for the ID of a deal, which is part of the path. */
export const dealId = () =>
	id('Deal ID', 'ID of the deal, a whole number; Get Many returns it as dealId', {
		required: true,
		bodyKey: null,
		example: '4711',
	});

/** Fields that a new and an updated deal require. */
export const requiredDealFields = {
	dealName: text('Deal Name', 'Title of the deal', { required: true }),
	dealValue: number('Deal Value', 'What the deal is worth, a whole number', { required: true, isInteger: true }),
	probability: number('Probability', 'How likely the deal is to be won, in percent', {
		required: true,
		isInteger: true,
		min: 0,
		max: 100,
	}),
	expectedCloseDate: date('Expected Close Date', { format: 'withOffset', required: true }),
	assignTo: text(
		'Assign To (Staff Code)',
		'Staff code of the person who works on the deal; Get Many of Employee returns it as staffCode',
		{ required: true, example: 'staff01' },
	),
};

/** Optional fields of a deal. */
export const optionalDealFields = {
	cancelAllOrder: boolean('Cancel All Orders', 'Whether to cancel all orders of the deal', {
		bodyKey: 'cancleAllOrder',
	}),
	dealDate: date('Deal Date', { format: 'withOffset' }),
	dealStageId: id('Deal Stage ID', rawOutputAdvice('Where on its board the deal stands', 'dealStageId'), {
		example: '11',
	}),
	dateFollowUp: date('Follow-Up Date', { format: 'withOffset' }),
	followUpNotes: multilineText('Follow-Up Notes', 'What to do when following up'),
	dealInterests: idList('Interest IDs', rawOutputAdvice('What the customer is interested in', 'dealsInterests'), {
		example: '1001, 1002',
	}),
	dealLabels: idList('Label IDs', rawOutputAdvice('Labels of the deal', 'dealsLabels'), { example: '1001, 1002' }),
	markAllTaskAsDone: boolean('Mark All Tasks as Done', 'Whether to mark all tasks of the deal as done'),
	note: multilineText('Note', 'Note on the deal'),
	participantCodes: commaSeparated(
		'Participant Codes',
		'Staff codes of those who work on it too, with commas between them',
		{ example: 'staff02, staff03' },
	),
	dealQuantity: number('Quantity', 'How many the deal is about, a whole number', { isInteger: true }),
	dealQuantityUnit: text('Quantity Unit', 'What Quantity counts'),
	reasonCategoryId: id(
		'Reason Category ID',
		'Why the deal was missed; the reasons are set up in the settings of Venio',
		{ example: '1' },
	),
	remark: multilineText('Remark', 'Remark on the deal'),
};
