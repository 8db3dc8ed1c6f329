import { rejectInput } from '../../api/errors';
import {
	defineWrite,
	multilineText,
	number,
	optionalBoolean,
	options,
	otherFieldsJson,
	output,
	rows,
	text,
	type Field,
} from '../../operation';
import { additionalFieldsOfNewRecord } from '../sharedFields';
import { EXPENSE_TYPES, expenseEntity } from './entity';

/** GoFive's codes of the types for which fields are required. */
const ACCOMMODATION = 1001;
const FUEL = 1003;
const TRAINING = 1005;

const COUNT = { min: 0, isInteger: true };
const AMOUNT = { min: 0 };
const AMOUNT_DESCRIPTION =
	"Amount, probably in baht. For Travelling, it is not known how it relates to 'Taxi', 'Tollway' and 'Parking', so check your first expense in Venio.";

/**
 * Inputs of a detail. The first ten keys are on the page of Create, and the others on that of the older portal, because our
 * copy of the page is cut.
 * @see https://developer.gofive.co.th/api-3606568
 */
const detailFields = {
	expenseTypeId: options('Expense Type', 'Type of the expense', EXPENSE_TYPES, { required: true }),
	amount: number('Amount', AMOUNT_DESCRIPTION, { ...AMOUNT, required: true }),
	night: number('Nights', 'Number of nights. Required for Accommodation.', { ...COUNT, example: '1' }),
	milesStart: number('Mileage Start', 'Mileage before the trip. Required for Fuel.', { ...COUNT, example: '100' }),
	milesEnd: number('Mileage End', 'Mileage after the trip. Required for Fuel.', { ...COUNT, min: 1, example: '150' }),
	trainingTitle: text('Training Title', 'Title of the training. Only for Training.'),
	hours: number('Hours', 'Hours of the training. Required for Training.', COUNT),
	minutes: number('Minutes', 'Minutes of the training in addition to the hours. Required for Training.', COUNT),
	taxi: number('Taxi', 'Taxi fares. Only for Travelling.', AMOUNT),
	tollway: number('Tollway', 'Tolls. Only for Travelling.', AMOUNT),
	parking: number('Parking', 'Parking fees. Only for Travelling.', AMOUNT),
	person: number(
		'Number of People',
		'Number of people. Only for Entertainment, Meeting with Staff and Training.',
		COUNT,
	),
	note: multilineText('Note', 'Note about the expense. Only for Other.'),
	usedFuelCard: optionalBoolean('Fuel Card Used', 'Whether a fuel card was used. Only for Fuel.'),
};

/** Details of a new expense, one row per detail. */
const expenseDetails = rows('Details', 'Details of the expense, one row per amount', detailFields, {
	rowDisplayName: 'Detail',
	required: true,
	bodyKey: 'ExpenseDetails',
});

/** Values of a detail. */
type Detail = ReturnType<typeof expenseDetails.read>[number];

/** Fields that GoFive requires by type. */
const REQUIRED_FIELDS: Record<number, Array<keyof typeof detailFields>> = {
	[ACCOMMODATION]: ['night'],
	[FUEL]: ['milesStart', 'milesEnd'],
	[TRAINING]: ['hours', 'minutes'],
};

/** @throws GoFiveError for a detail without a field that its type requires, or with a mileage that runs backwards */
function assertDetailComplete(detail: Detail, row: number): void {
	const { expenseTypeId, milesStart = 0, milesEnd = 0 } = detail;
	const missing = REQUIRED_FIELDS[expenseTypeId]?.find((name) => detail[name] === undefined);
	const typeName = EXPENSE_TYPES.find(({ value }) => value === expenseTypeId)?.name;
	if (missing)
		rejectInput(
			`Row ${row}: '${detailFields[missing].displayName}' is empty`,
			`GoFive requires this field for the expense type '${typeName}'. Enter a value, or select another type.`,
		);
	if (expenseTypeId === FUEL && milesStart >= milesEnd)
		rejectInput(
			`Row ${row}: 'Mileage End' (${milesEnd}) is not greater than 'Mileage Start' (${milesStart})`,
			'Enter the mileage before the trip and the mileage after it.',
		);
}

const fields = {
	subject: text('Subject', 'Title of the expense', { required: true }),
	expenseDetails,
	additionalFields: additionalFieldsOfNewRecord({
		otherFieldsJson: otherFieldsJson('Other Fields (JSON)', (): Record<string, Field> => fields, {
			description:
				"For advanced users: more fields, with GoFive's names. GoFive's page about updates also shows activityId and dateTransaction, whose format is not known.",
			example: '{"activityId": "120345"}',
		}),
		remark: multilineText('Remark', 'Remark about the expense'),
	}),
};

/**
 * Creates an expense: `POST /v1/Expenses`. Our copy of the page is cut: the keys next to the details are those of Update.
 * It is inferred that the response is the one of Get.
 * @see https://developer.gofive.co.th/api-3606568
 */
export const create = defineWrite({
	name: 'Create',
	value: 'create',
	action: 'Create expense',
	description: 'Create an expense with its details',
	fields: { ...fields, output: output(expenseEntity) },
	nameField: 'subject',
	validate({ expenseDetails }) {
		for (const [index, detail] of expenseDetails.entries()) assertDetailComplete(detail, index + 1);
	},
	request: (_values, body) => ({ method: 'POST', path: '/v1/Expenses', body }),
});
