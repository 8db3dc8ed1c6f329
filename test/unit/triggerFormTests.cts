// Form of the trigger: which records each entry of Trigger On reports, and the fields and options that its kind adds.
// The names and defaults of all parameters are in parametersTests.cts.
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { buildTriggerProperties } from '../../nodes/GoFive/trigger/triggerForm';
import { sources } from '../../nodes/GoFive/trigger/sources';

const properties = buildTriggerProperties();
const getOptions = (name: string) => properties.find((property) => property.name === name)?.options ?? [];
const entries = getOptions('triggerOn') as INodePropertyOptions[];
const options = getOptions('options') as INodeProperties[];

/** Finds a field of the form while an entry of Trigger On is selected. */
const findField = (triggerOn: string, name: string) =>
	properties.find(
		(property) => property.name === name && property.displayOptions?.show?.['triggerOn']?.includes(triggerOn),
	);

/** Sources of which the user selects the fields to watch. */
const selectableSources = sources.filter(({ fixedColumnNames }) => !fixedColumnNames);
const statusSources = sources.filter(({ status }) => status);

test.each<[string, string, string]>([
	[
		'newOrChangedEvent',
		'New or Changed Customer Event',
		"When there are new or changed customer events (name, date, type or description), dated from 30 days ago to 365 days from now. To change this, add 'Look Back' or 'Look Ahead' in 'Options'.",
	],
	[
		'newOrChangedCustomer',
		'New or Changed Customer',
		'When there are new customers, or a watched field changed since the last poll. This trigger may not work with your account.',
	],
	[
		'newOrChangedExpense',
		'New or Changed Expense',
		"When there are new expenses, or a watched field changed since the last poll. To watch a longer period than the last 30 days, add 'Look Back' in 'Options'.",
	],
	[
		'newOrChangedProduct',
		'New or Changed Product',
		'When there are new products, or a watched field changed since the last poll',
	],
	[
		'unchangedDeal',
		'Unchanged Deal',
		'When deals keep the same stage and status for the number of days that you enter. This trigger may not work with your account.',
	],
	[
		'unchangedExpense',
		'Unchanged Expense',
		"When expenses keep the same status for the number of days that you enter. To watch a longer period than the last 30 days, add 'Look Back' in 'Options'.",
	],
	[
		'unchangedQuotation',
		'Unchanged Quotation',
		'When quotations keep the same status for the number of days that you enter',
	],
])('Trigger On offers %s', (value, name, description) => {
	expect(entries.find((entry) => entry.value === value)).toMatchObject({ name, description });
});

test('each source offers new and changed records, and unchanged ones only if it has a status', () => {
	const values = sources.flatMap(({ value, status }) => [
		`new${value}`,
		`newOrChanged${value}`,
		...(status ? [`unchanged${value}`] : []),
	]);
	expect(entries.map(({ value }) => value)).toEqual(values);
	expect(statusSources.map(({ value }) => value)).toEqual(['Customer', 'Deal', 'Expense', 'Quotation']);
});

test.each([
	['includePreviousValues', selectableSources.map(({ value }) => `newOrChanged${value}`)],
	['repeat', statusSources.map(({ value }) => `unchanged${value}`)],
])('the option %s is offered for %j only', (name, triggerOn) => {
	const option = options.find((property) => property.name === name);
	expect(option?.displayOptions?.show?.['/triggerOn']).toEqual(triggerOn);
});

test('the user selects the fields whose changes start the workflow, except those of events', () => {
	for (const { value } of selectableSources) {
		expect(findField(`newOrChanged${value}`, 'fieldsToWatch')).toMatchObject({
			displayName: 'Fields to Watch',
			description:
				"Fields whose changes start the workflow. Leave empty to watch the fields that 'Simplified' in 'Output' returns.",
			hint: "To show values before a change, add 'Include Previous Values' in 'Options'.",
		});
	}
	expect(findField('newOrChangedEvent', 'fieldsToWatch')).toBeUndefined();
	expect(findField('newDeal', 'fieldsToWatch')).toBeUndefined();
});

test.each(statusSources)('for unchanged records of $value, the user enters days and selects fields', (source) => {
	expect(findField(`unchanged${source.value}`, 'daysWithoutChange')).toMatchObject({
		displayName: 'Days Without Change',
		description:
			'Number of days that the watched fields must stay unchanged before the workflow starts. By default, the count for existing records starts when you publish the workflow.',
		hint: source.status?.openAdvice,
		default: 14,
	});
	expect(findField(`unchanged${source.value}`, 'fieldsToWatch')).toMatchObject({
		displayName: 'Fields to Watch',
		description: `A change in one of these fields restarts the count of days. Leave empty to watch the ${source.status?.name}.`,
	});
});
