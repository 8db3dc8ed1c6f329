import { commaSeparated, date, id, multilineText, text } from '../../operation';

/** Creates the field for the number of a case, which is part of the path. */
export const caseNo = (description: string) =>
	text('Case No', description, { required: true, bodyKey: null, example: 'T250200010' });

/** Creates the fields that a new and an updated case require. */
export const caseFields = () => ({
	subject: text('Subject', 'Title of the case', { required: true }),
	categoryId: id(
		'Category ID',
		'ID of a case category, which Venio keeps in its settings; if it does not show IDs there, ask the support of GoFive',
		{ required: true, example: '2140016585' },
	),
	dateCase: date('Case Date', { format: 'withMillisecondsAndOffset', required: true }),
	dateDue: date('Due Date', { format: 'withMillisecondsAndOffset', required: true }),
	assignedToUserId: text(
		'Assigned To (User ID)',
		'User ID of the person who takes the case; Get Many of Employee returns it as userId',
		{ required: true, example: '00000000-0000-0000-0000-000000000000' },
	),
});

/** Creates the optional fields of a case. */
export const optionalCaseFields = () => ({
	activityNos: commaSeparated(
		'Activity Nos',
		'Numbers of the activities that belong to the case, with commas between them',
		{ example: 'A20250200028' },
	),
	customerCode: text('Customer Code', 'Code of the customer whom the case is about', { example: 'C000154' }),
	dealNos: commaSeparated('Deal Nos', 'Numbers of the deals that belong to the case, with commas between them', {
		example: 'D241200044',
	}),
	note: multilineText('Note', 'More about the case'),
});
