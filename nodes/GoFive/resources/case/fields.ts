import { commaSeparated, date, id, multilineText, resourceLocator, text } from '../../operation';
import { userIdList } from '../employee/fields';
import { withLookupLink } from '../sharedFields';

/** Creates the field for the number of a case, which is part of the path. */
export const caseNo = (description: string) =>
	text('Case Number', withLookupLink(description), { required: true, bodyKey: null, example: 'T250200010' });

/** Creates the fields that a case requires. In the collection of an update, they are optional. */
export const caseFields = (settings: { required?: true } = {}) => ({
	subject: text('Subject', 'Title of the case', settings),
	categoryId: id(
		'Category ID',
		withLookupLink('ID of the case category', 'The field categoryId of Case > Get probably contains it'),
		{ ...settings, example: '2140016585' },
	),
	dateCase: date('Case Date', { ...settings, format: 'withMillisecondsAndOffset' }),
	dateDue: date('Due Date', {
		...settings,
		format: 'withMillisecondsAndOffset',
		isRangeEnd: true,
		description:
			'Date and time in the time zone of your GoFive account (Thailand by default), for example 2025-01-31 10:00:00. In an expression, a day without a time means the end of that day (23:59:59).',
	}),
	assignedToUserId: resourceLocator('Assigned To', 'User ID of the employee to assign the case to', userIdList, {
		...settings,
		example: '00000000-0000-0000-0000-000000000000',
	}),
});

/** Creates the optional fields of a case. */
export const optionalCaseFields = () => ({
	activityNos: commaSeparated(
		'Activity Numbers',
		withLookupLink('Comma-separated numbers of the activities that belong to the case'),
		{ example: 'A20250200028' },
	),
	customerCode: text('Customer Code', withLookupLink('Code of the customer that the case is about'), {
		example: 'C000154',
	}),
	dealNos: commaSeparated(
		'Deal Numbers',
		withLookupLink('Comma-separated numbers of the deals that belong to the case'),
		{ example: 'D241200044' },
	),
	note: multilineText('Note', 'Details of the case'),
});
