import { date } from '../../operation/fields/dates';
import { ids, texts } from '../../operation/fields/several';
import { flag, id, number, text } from '../../operation/fields/simple';

/** Tells where to see an ID whose list GoFive does not publish. @param key where a deal has it */
export const inRaw = (thing: string, key: string) =>
	`${thing}. To see the ID, get a deal that has it with the output Raw, where it stands as ${key}.`;

/** What is told of a list that holds something else than IDs. */
export const WHOLE_NUMBERS = 'Give IDs, whole numbers with commas between them.';

/** The id of a deal; it stands in the path. */
export const dealId = () =>
	id(
		'Deal ID',
		{
			required: true,
			wire: null,
			placeholder: 'e.g. 4711',
			description: 'ID of the deal, a whole number; Get Many returns it as dealId',
		},
		'Give the ID of a deal, a whole number such as 4711.',
	);

/** What GoFive wants of every deal, whether new or changed. */
export const mainFields = {
	dealName: text('Deal Name', { required: true, description: 'Title of the deal' }),
	dealValue: number('Deal Value', {
		required: true,
		whole: true,
		description: 'What the deal is worth, a whole number',
	}),
	probability: number('Probability', {
		required: true,
		whole: true,
		min: 0,
		max: 100,
		description: 'How likely the deal is to be won, in percent',
	}),
	expectedCloseDate: date('Expected Close Date', { as: 'offset', required: true }),
	assignTo: text('Assign To (Staff Code)', {
		required: true,
		placeholder: 'e.g. staff01',
		description: 'Staff code of the person who works on the deal; Get Many of Employee returns it as staffCode',
	}),
};

/** What a deal may hold besides. */
export const moreFields = {
	cancelAllOrder: flag('Cancel All Orders', {
		wire: 'cancleAllOrder',
		description: 'Whether to cancel all orders of the deal',
	}),
	dealDate: date('Deal Date', { as: 'offset' }),
	dealStageId: id(
		'Deal Stage ID',
		{ placeholder: 'e.g. 11', description: inRaw('Where on its board the deal stands', 'dealStageId') },
		'Give the ID of a stage, a whole number.',
	),
	dateFollowUp: date('Follow-Up Date', { as: 'offset' }),
	followUpNotes: text('Follow-Up Notes', { typeOptions: { rows: 3 }, description: 'What to do when following up' }),
	dealInterests: ids(
		'Interest IDs',
		{
			placeholder: 'e.g. 1001, 1002',
			description: inRaw('What the customer is interested in', 'dealsInterests'),
		},
		WHOLE_NUMBERS,
	),
	dealLabels: ids(
		'Label IDs',
		{ placeholder: 'e.g. 1001, 1002', description: inRaw('Labels of the deal', 'dealsLabels') },
		WHOLE_NUMBERS,
	),
	markAllTaskAsDone: flag('Mark All Tasks as Done', { description: 'Whether to mark all tasks of the deal as done' }),
	note: text('Note', { typeOptions: { rows: 3 }, description: 'Note on the deal' }),
	participantCodes: texts('Participant Codes', {
		placeholder: 'e.g. staff02, staff03',
		description: 'Staff codes of those who work on it too, with commas between them',
	}),
	dealQuantity: number('Quantity', { whole: true, description: 'How many the deal is about, a whole number' }),
	dealQuantityUnit: text('Quantity Unit', { description: 'What Quantity counts' }),
	reasonCategoryId: id(
		'Reason Category ID',
		{
			placeholder: 'e.g. 1',
			description: 'Why the deal was missed; the reasons are set up in the settings of Venio',
		},
		'Give the ID of a reason, a whole number.',
	),
	remark: text('Remark', { typeOptions: { rows: 3 }, description: 'Remark on the deal' }),
};
