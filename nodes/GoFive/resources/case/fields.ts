import { date } from '../../operation/fields/dates';
import { texts } from '../../operation/fields/several';
import { id, text } from '../../operation/fields/simple';

/** The number of a case; it stands in the path. */
export const caseNo = (description: string) =>
	text('Case No', { required: true, wire: null, placeholder: 'e.g. T250200010', description });

/** What every case has. */
export const caseFields = () => ({
	subject: text('Subject', { required: true, description: 'Title of the case' }),
	categoryId: id(
		'Category ID',
		{
			required: true,
			placeholder: 'e.g. 2140016585',
			description:
				'ID of a case category, which Venio keeps in its settings; if it does not show IDs there, ask the support of GoFive',
		},
		'Give the ID of a case category, a whole number such as 2140016585.',
	),
	dateCase: date('Case Date', { as: 'milliseconds', required: true }),
	dateDue: date('Due Date', { as: 'milliseconds', required: true }),
	assignedToUserId: text('Assigned To (User ID)', {
		required: true,
		placeholder: 'e.g. 00000000-0000-0000-0000-000000000000',
		description: 'User ID of the person who takes the case; Get Many of Employee returns it as userId',
	}),
});

/** What a case may have. */
export const moreCaseFields = () => ({
	activityNos: texts('Activity Nos', {
		placeholder: 'e.g. A20250200028',
		description: 'Numbers of the activities that belong to the case, with commas between them',
	}),
	customerCode: text('Customer Code', {
		placeholder: 'e.g. C000154',
		description: 'Code of the customer whom the case is about',
	}),
	dealNos: texts('Deal Nos', {
		placeholder: 'e.g. D241200044',
		description: 'Numbers of the deals that belong to the case, with commas between them',
	}),
	note: text('Note', { typeOptions: { rows: 3 }, description: 'More about the case' }),
});
