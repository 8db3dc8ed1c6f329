import { advice, EVENT_TYPES_ROUTE, EVENTS_ROUTE, setupLyingServer, testLies, type LieCase } from '../lyingServer.cts';
import {
	businessError,
	responseOf,
	RESPONSES,
	success,
	withStatus,
	type HttpResponse,
} from '../../support/responses.cts';

const server = setupLyingServer();

const EVENT = { eventId: 5, eventType: 1, eventName: 'นัดพบ', eventDate: '2025-02-01T10:00:00', customerId: 7 };
const SHOWN_EVENT = {
	customerCode: 'C1',
	eventDate: '2025-02-01T10:00:00+07:00',
	eventTypeName: 'นัด',
	eventName: 'นัดพบ',
	description: null,
	eventId: 5,
	eventType: 1,
	customerId: 7,
};
const NULLS = { eventId: null, eventType: null, eventName: null, eventDate: null, description: null, customerId: null };
const SHOWN_NULLS = { customerCode: 'C1', eventTypeName: null, ...NULLS };
const EMPLOYEE_ROUTE = 'GET /v1/Employees/S1';
const EVENT_TYPES = success([{ eventTypeId: 1, eventTypeName: 'นัด' }]);

const readEvents = (
	answer: HttpResponse,
	eventTypes = EVENT_TYPES,
): Pick<LieCase, 'operation' | 'parameters' | 'script'> => ({
	operation: 'customerEvent.getByCustomerCode',
	parameters: { customerCode: 'C1', dateRange: 'allDates' },
	script: { [EVENTS_ROUTE]: [answer], [EVENT_TYPES_ROUTE]: [eventTypes] },
});
const READ_ONCE = { [EVENTS_ROUTE]: 1 };
const READ_WITH_NAMES = { [EVENTS_ROUTE]: 1, [EVENT_TYPES_ROUTE]: 1 };

const UNKNOWN_FORMAT = 'GoFive returned a response in an unknown format';
const REPORT_ISSUE =
	"Open an issue at https://github.com/example/n8n-nodes-gofive/issues and include this message. To read the list, use Any Endpoint with 'Records Path'.";
const unknownFormat = (keys = '') => ({
	message: UNKNOWN_FORMAT,
	description: advice(`The list of customer events was not found.${keys} ${REPORT_ISSUE}`),
});
const WEB_PAGE_TEXT = {
	message: 'GoFive returned a web page instead of JSON',
	description:
		"A proxy or a sign-in page may have responded instead of GoFive. Check 'Base URL' in the GoFive credential.",
};

describe('keys and nulls only', () => {
	testLies(server, [
		{
			title: 'documented limit: known keys with nulls are a record whose columns are null',
			...readEvents(success([NULLS])),
			expected: { items: [SHOWN_NULLS] },
			requests: READ_ONCE,
		},
		{
			title: 'documented limit: the same in {value} and without a code',
			...readEvents(responseOf({ status: null, data: { value: [NULLS] } })),
			expected: { items: [SHOWN_NULLS] },
			requests: READ_ONCE,
		},
		{
			title: 'documented limit: null in place of the list returns nothing',
			...readEvents(responseOf({ status: null, data: null })),
			expected: {},
			requests: READ_ONCE,
		},
		{
			title: 'nulls in place of the records: a message',
			...readEvents(success([null, null])),
			expected: unknownFormat(),
			requests: READ_ONCE,
		},
		{
			title: 'a response of nulls without data: a message',
			...readEvents(responseOf({ status: null, message: null })),
			expected: { message: UNKNOWN_FORMAT, description: expect.stringContaining('Open an issue at https') },
			requests: READ_ONCE,
		},
		{
			title: 'a record of unknown keys: its ID, and a hint with the keys',
			operation: 'employee.get',
			parameters: { staffCode: 'S1' },
			script: { [EMPLOYEE_ROUTE]: [success({ staff: null, mail: null })] },
			expected: {
				items: [expect.objectContaining({ staffCode: 'S1', fullname: null, userId: null })],
				hints: [
					"GoFive returned at least one of the employees in an unknown format, so its fields are empty. The record contains the keys staff, mail. To return the whole record, select 'Raw' in 'Output'.",
				],
			},
			requests: { [EMPLOYEE_ROUTE]: 1 },
		},
		...[{}, null, { value: null }].map((data) => ({
			title: `documented limit: ${JSON.stringify(data)} in place of a record returns nothing`,
			operation: 'employee.get',
			parameters: { staffCode: 'S1' },
			script: { [EMPLOYEE_ROUTE]: [success(data)] },
			expected: {},
			requests: { [EMPLOYEE_ROUTE]: 1 },
		})),
		{
			title: 'with Fail, no record is a message',
			operation: 'employee.get',
			parameters: { staffCode: 'S1', options: { ifNothingFound: 'error' } },
			script: { [EMPLOYEE_ROUTE]: [success(null)] },
			expected: {
				message: expect.stringMatching(/^No matching employees found/),
				description: expect.stringContaining('staff code'),
			},
			requests: { [EMPLOYEE_ROUTE]: 1 },
		},
	]);
});

describe('names of event types', () => {
	const withoutName = { ...SHOWN_EVENT, eventTypeName: null };

	testLies(server, [
		{
			title: 'HTTP 403 for their list: the events without names, and a hint',
			...readEvents(success([EVENT]), RESPONSES.forbidden),
			expected: {
				items: [withoutName],
				hints: [
					"The names of the event types could not be loaded from GoFive, so 'eventTypeName' is empty. All other data is complete.",
				],
			},
			requests: READ_WITH_NAMES,
		},
		{
			title: 'documented limit: a type that is missing from their list has its ID and no name',
			...readEvents(success([EVENT, { ...EVENT, eventId: 6, eventType: 2 }])),
			expected: { items: [SHOWN_EVENT, { ...withoutName, eventId: 6, eventType: 2 }] },
			requests: READ_WITH_NAMES,
		},
		{
			title: 'documented limit: a list of nulls has no name for any type',
			...readEvents(success([EVENT]), success([{ eventTypeId: null, eventTypeName: null }])),
			expected: { items: [withoutName] },
			requests: READ_WITH_NAMES,
		},
	]);
});

describe('success with an error text', () => {
	testLies(server, [
		{
			title: 'documented limit: a code of success with data counts, whatever its description says',
			...readEvents(success([EVENT], 'Internal error')),
			expected: { items: [SHOWN_EVENT] },
			requests: READ_WITH_NAMES,
		},
		{
			title: 'documented limit: a code of success without data returns nothing, whatever its description says',
			...readEvents(success(null, 'Customer not found')),
			expected: {},
			requests: READ_ONCE,
		},
		{
			title: 'documented limit: a code of success without data returns nothing, whatever errors are next to it',
			...readEvents(responseOf({ status: { code: '1000' }, data: null, errors: ['Customer not found'] })),
			expected: {},
			requests: READ_ONCE,
		},
		{
			title: 'HTTP 200 with another code: its message',
			...readEvents(businessError('Customer not found')),
			expected: {
				message: expect.stringMatching(/^GoFive rejected the request: Customer not found \(code 4001\)/),
				description: advice('Check the values that were sent.'),
			},
			requests: READ_ONCE,
		},
		{
			title: 'HTTP 400 with the code of success: its message',
			...readEvents(withStatus(400, success([EVENT], 'Customer not found'))),
			expected: {
				message: expect.stringMatching(/^GoFive rejected the request: Customer not found \(code 1000\)/),
				description: advice('Check the values that were sent.'),
			},
			requests: READ_ONCE,
		},
		{
			title: 'an error without a code: its message',
			...readEvents(responseOf({ data: null, error: 'Customer not found' })),
			expected: {
				message: expect.stringMatching(/^GoFive rejected the request: Customer not found(?! \()/),
				description: advice('Check the values that were sent.'),
			},
			requests: READ_ONCE,
		},
		{
			title: 'an error in {value}: a message with its keys',
			...readEvents(responseOf({ data: { value: { isSuccess: false, message: 'Customer not found' } } })),
			expected: unknownFormat(' Keys in the response: isSuccess, message.'),
			requests: READ_ONCE,
		},
		...['Customer not found', false, 0].map((data) => ({
			title: `a code of success with ${JSON.stringify(data)} in place of the list: a message`,
			...readEvents(success(data)),
			expected: unknownFormat(),
			requests: READ_ONCE,
		})),
	]);
});

describe('web pages with HTTP 200', () => {
	testLies(server, [
		{ title: 'a read', ...readEvents(RESPONSES.webPage), expected: WEB_PAGE_TEXT, requests: READ_ONCE },
		{
			title: 'a read of names: the events without names, and a hint',
			...readEvents(success([EVENT]), RESPONSES.webPage),
			expected: {
				items: [{ ...SHOWN_EVENT, eventTypeName: null }],
				hints: [expect.stringMatching(/^The names of the/)],
			},
			requests: READ_WITH_NAMES,
		},
	]);
});
