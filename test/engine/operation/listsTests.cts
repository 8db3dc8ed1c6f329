import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';
import { messages } from '../../../nodes/GoFive/api/messages';
import { PAGE_SIZE } from '../../../nodes/GoFive/operation/reading/pagination';
import { UNCONFIRMED_PATH_NOTE } from '../../../nodes/GoFive/operation/pathEvidence';
import { allOperations } from '../../support/operationParameters.cts';
import { listFieldVariants } from '../../support/formFields.cts';
import { findOperationId } from '../../support/operationRequest.cts';
import { runListSearch, runLoadOptions } from '../harness.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';
import { temporaryFailure } from '../../support/responses.cts';

const fixture = setupFixtureWithSimulatedClock(undefined, { hasToken: true });

/** Inputs whose values are chosen from a list, with their operations. */
const listInputs = allOperations.flatMap((entry) =>
	listFieldVariants(entry)
		.filter(({ property: { type, typeOptions } }) => type === 'resourceLocator' || typeOptions?.loadOptionsMethod)
		.map((field) => ({ ...field, entry, name: `${entry.name} ${field.path.join('.')}` })),
);
const findInputs = (type: string) => listInputs.filter(({ property }) => property.type === type);

type ListInput = (typeof listInputs)[number];

/** Code of an entry. A user ID is a GUID. */
const getCode = ({ path }: ListInput): string =>
	path.at(-1) === 'assignedToUserId' ? '3f0c2d84-6a1b-4c57-9e20-0012' : '12';

/** Last part of the body that an operation sends, without the key of the input. */
async function sendValue(input: ListInput, value: unknown) {
	const {
		entry,
		setValue,
		withValues: [parameters],
	} = input;
	fixture.sandbox.reset();
	const { error, hints } = await fixture.runOperation(
		entry.operation.value,
		{ resource: entry.resource, ...(setValue(parameters as IDataObject, value) as IDataObject) },
		{ items: [{ code: getCode(input), codes: ['12', '13'], blank: '' }] },
	);
	const [request] = fixture.findRequests(await findOperationId(entry));
	const hintTexts = hints.map(({ message }) => message);
	return { body: request && (JSON.parse(request.body || '{}') as IDataObject), error, hintTexts };
}

const toLocator = (mode: string, value: unknown) => ({ __rl: true, mode, value });

/** Returns what a choice from the list sends, which all tests of an input compare with. It is sent once. */
function memoizeChoice(input: ListInput, choice: unknown) {
	let chosen: ReturnType<typeof sendValue> | undefined;
	return async () => await (chosen ??= sendValue(input, choice));
}

test('finds inputs of both kinds', () => {
	expect(findInputs('resourceLocator').length).toBeGreaterThan(5);
	expect(findInputs('multiOptions').length).toBeGreaterThan(3);
});

describe.each(findInputs('resourceLocator'))('$name', (input) => {
	const code = getCode(input);
	const sendChoice = memoizeChoice(input, { ...toLocator('list', code), cachedResultName: 'Entry 12' });
	const numbers: Array<[string, unknown]> = [
		['By ID with a number', toLocator('id', 12)],
		['a number', 12],
	];

	test.each<[string, unknown]>([
		['By ID', toLocator('id', code)],
		...(code === '12' ? numbers : []),
		['By ID with an expression', toLocator('id', '={{ $json.code }}')],
		['plain text', code],
		['an expression in place of the locator', '={{ $json.code }}'],
		['a locator without the mark of n8n', { mode: 'id', value: code }],
	])('%s is sent like a choice from the list', async (_, value) => {
		const chosen = await sendChoice();
		expect(chosen.error).toBeUndefined();
		expect(JSON.stringify(chosen.body)).toMatch(new RegExp(`:"?${code}"?[,}]`));
		const sent = await sendValue(input, value);
		expect(sent.error).toBeUndefined();
		expect(sent.body).toEqual(chosen.body);
		expect(sent.hintTexts).toEqual(chosen.hintTexts);
	});

	test.each([
		['untouched', toLocator('list', '')],
		['By ID, left empty', toLocator('id', '')],
		['an expression, left empty', toLocator('id', '=')],
	])('%s counts as left empty', async (_, value) => {
		const { displayName, required } = input.property;
		// n8n itself rejects a required locator without a value.
		const result = await sendValue(input, value).catch((error: Error) => ({ error, body: undefined }));
		const expected = required
			? [expect.stringMatching(new RegExp(displayName)), undefined]
			: [undefined, (await sendValue(input, '')).body];
		expect([result.error?.message, result.body]).toEqual(expected);
	});

	test('an expression that gives nothing is reported under the display name', async () => {
		const { error, hintTexts } = await sendValue(input, toLocator('id', '={{ $json.none }}'));
		expect([error?.message, ...hintTexts].join(' ')).toContain(`'${input.property.displayName}' `);
	});

	test('a value that is no text is rejected with its display name', async () => {
		const { error } = await sendValue(input, toLocator('id', '={{ $json.codes }}'));
		expect(error?.message).toBe(`'${input.property.displayName}' cannot be ["12","13"]`);
		expect(fixture.sandbox.requestLog).toEqual([]);
	});
});

describe.each(findInputs('multiOptions'))('$name', (input) => {
	const sendChoice = memoizeChoice(input, ['12', '13', '12']);

	test.each<[string, unknown]>([
		['an expression with a list', '={{ $json.codes }}'],
		['an expression with text', '={{ $json.codes.join(", ") }}'],
		['an expression among the choices', ['12', '={{ $json.codes[1] }}']],
		['plain text', '12, 13'],
	])('%s is sent like choices from the list', async (_, value) => {
		const chosen = await sendChoice();
		expect(chosen.error).toBeUndefined();
		const sent = await sendValue(input, value);
		expect([sent.error, sent.hintTexts]).toEqual([undefined, chosen.hintTexts]);
		expect(sent.body).toEqual(chosen.body);
	});

	test.each<[string, unknown]>([
		['no choice', []],
		['an empty text', ''],
		['an expression with an empty list', '={{ [] }}'],
		['an expression with an empty text', '={{ $json.blank }}'],
	])('%s counts as left empty', async (_, value) => {
		const { error, body } = await sendValue(input, value);
		expect(error).toBeUndefined();
		expect(JSON.stringify(body ?? {})).not.toMatch(new RegExp(`"${input.path.at(-1)}":(?:null|\\[\\])`));
	});
});

describe('the list of employees', () => {
	beforeEach(() => fixture.sandbox.records.employees.fill(230));
	const search = async (filter?: string, token?: string, method = 'getEmployees') =>
		await runListSearch(method, { credential: fixture.credential }, filter, token);
	const values = ({ results }: { results: INodeListSearchItems[] }) => results.map(({ value }) => value);

	test('has a label, a code or an ID, and pages', async () => {
		const first = await search();
		expect(first.results).toHaveLength(PAGE_SIZE);
		expect(first.results[1]).toEqual({ name: 'Somchai Jaidee (E0002)', value: 'E0002' });
		expect(first.paginationToken).toBe(`${PAGE_SIZE}|3f0c2d84-6a1b-4c57-9e20-0001`);
		expect((await search(undefined, undefined, 'getEmployeeUserIds')).results[1]).toEqual({
			name: 'Somchai Jaidee (E0002)',
			value: '3f0c2d84-6a1b-4c57-9e20-0002',
		});
		const employees = values(first);
		let token = first.paginationToken;
		while (token !== undefined) {
			const page = await search(undefined, token);
			employees.push(...values(page));
			token = page.paginationToken;
		}
		expect(employees).toHaveLength(230);
		expect(new Set(employees).size).toBe(230);
	});

	test('is searched by GoFive, also on its second page', async () => {
		const first = await search(' e000 ');
		expect(values(first)).toHaveLength(9);
		expect(values(await search('e000', first.paginationToken))).toEqual([]);
		expect(fixture.getSentBodies('findEmployees').map(({ keyWord }) => keyWord)).toEqual(['e000', 'e000']);
		expect(await search('nobody')).toEqual({ results: [] });
	});

	test('ends where GoFive ignores skip, and continues after a short page', async () => {
		fixture.sandbox.setBehaviour({ ignoredPageKeys: ['skip'] });
		const { paginationToken } = await search();
		expect(await search(undefined, paginationToken)).toEqual({ results: [] });
		fixture.sandbox.setBehaviour({ ignoredPageKeys: [], pageCap: 20 });
		expect(await search()).toMatchObject({ paginationToken: '20|3f0c2d84-6a1b-4c57-9e20-0001' });
	});

	test('skips employees without a code, and pages that have no other', async () => {
		const withoutCode = Array.from({ length: 100 }, (_, index) => ({ userId: String(index), fullname: 'x' }));
		fixture.respondWithData('findEmployees', { value: withoutCode });
		fixture.respondWithData('findEmployees', { value: [{ staffCode: ' ' }, { staffCode: 7 }, { staffCode: '7' }] });
		expect(await search()).toEqual({ results: [{ name: '7', value: '7' }], paginationToken: '103|{"staffCode":" "}' });
	});

	test('has up to 1,000 entries where several can be chosen', async () => {
		const options = await runLoadOptions('getEmployees', { credential: fixture.credential });
		expect(options).toHaveLength(230);
		expect(options[1]).toEqual({ name: 'Somchai Jaidee (E0002)', value: 'E0002' });
		const people = Array.from({ length: 1500 }, (_, index) => ({ userId: `u${index}`, staffCode: `s${index}` }));
		fixture.sandbox.setBehaviour({ ignoredPageKeys: [] });
		for (let page = 0; page < 15; page++)
			fixture.respondWithData('findEmployees', { value: people.slice(page * 100, page * 100 + 100) });
		expect(await runLoadOptions('getEmployees', { credential: fixture.credential })).toHaveLength(1000);
		fixture.sandbox.reset();
		fixture.sandbox.records.employees.fill(1500);
		expect(await runLoadOptions('getEmployees', { credential: fixture.credential })).toHaveLength(1000);
		expect(fixture.findRequests('findEmployees')).toHaveLength(2);
	});
});

describe('lists without pages', () => {
	const search = async (method: string, filter?: string) =>
		await runListSearch(method, { credential: fixture.credential }, filter);

	test('deal stages are those of up to 1,000 deals', async () => {
		fixture.sandbox.records.deals.fill(230);
		const results = [
			{ name: 'เสนอราคา (11)', value: '11' },
			{ name: 'ต่อรองราคา (12)', value: '12' },
		];
		expect(await search('getDealStages')).toEqual({ results });
		expect(await search('getDealStages', ' ต่อรอง')).toEqual({ results: results.slice(1) });
		expect(await search('getDealStages', '(11)')).toEqual({ results: results.slice(0, 1) });
		expect(await search('getDealStages', 'none')).toEqual({ results: [] });
		expect(await runLoadOptions('getDealStages', { credential: fixture.credential })).toEqual(results);
		const deals = [{ dealsId: 1, dealStageId: '7', dealStageName: 'Won' }, { dealStageId: 8 }, { dealStageId: '' }, {}];
		fixture.respondWithData('findDeals', { value: deals });
		fixture.respondWithData('findDeals', { value: [] });
		expect((await search('getDealStages')).results).toEqual([
			{ name: 'Won (7)', value: '7' },
			{ name: '8', value: '8' },
		]);
		// The columns of a deal know both forms.
		fixture.respondWithData('findDeals', [{ dealsId: 1, dealStage: { dealStageId: 9, dealStageName: 'Lost' } }]);
		fixture.respondWithData('findDeals', []);
		expect((await search('getDealStages')).results).toEqual([{ name: 'Lost (9)', value: '9' }]);
		fixture.sandbox.reset();
		for (let page = 0; page < 12; page++)
			fixture.respondWithData(
				'findDeals',
				Array.from({ length: 100 }, (_, index) => ({ dealsId: page * 100 + index, dealStageId: page + 1 })),
			);
		expect((await search('getDealStages')).results).toHaveLength(10);
	});

	test('product units are texts or objects with a name', async () => {
		expect(await search('getProductUnits')).toEqual({
			results: ['ชิ้น', 'ถุง'].map((name) => ({ name, value: name })),
		});
		const units = ['Box', { name: 'Kg' }, { productUnitName: 'Pack' }, 'Box', '', null, { other: 1 }, 5];
		fixture.respondWithData('getProductUnits', units);
		expect((await search('getProductUnits')).results.map(({ value }) => value)).toEqual(['Box', 'Kg', 'Pack', '5']);
		expect((await search('getProductUnits', 'ถุ')).results).toEqual([{ name: 'ถุง', value: 'ถุง' }]);
	});
});

describe('a list that cannot be loaded', () => {
	const LOCATORS = [
		['getEmployees', 'findEmployees', 'employees'],
		['getEmployeeUserIds', 'findEmployees', 'employees'],
		['getDealStages', 'findDeals', 'deal stages'],
		['getProductUnits', 'getProductUnits', 'product units'],
	] as const;
	const OPTIONS = [
		['getEmployees', 'findEmployees', 'employees'],
		['getDealStages', 'findDeals', 'deal stages'],
		['getEventTypes', 'getCustomerEventTypes', 'event types'],
	] as const;
	const ENTER_ID = "To continue without the list, select 'By ID' and enter the value.";
	const USE_EXPRESSION = 'To continue without the list, use an expression.';
	const getError = async (promise: Promise<unknown>): Promise<Error & { description?: string }> =>
		await promise.then(
			() => new Error('It was loaded'),
			(error: Error) => error,
		);
	const findOptionsError = async (method: string) =>
		await getError(runLoadOptions(method, { credential: fixture.credential }));
	const findLocatorError = async (method: string) =>
		await getError(runListSearch(method, { credential: fixture.credential }));

	test.each(LOCATORS)('%s: is empty', async (method, operationId, pluralName) => {
		fixture.respondWithData(operationId, null);
		expect(await findLocatorError(method)).toMatchObject({
			message: `GoFive returned no ${pluralName}`,
			description: `Check whether Venio contains any ${pluralName.replace('deal stages', 'deals')}. ${ENTER_ID}`,
		});
	});

	test.each(LOCATORS)('%s: its path is not known', async (method, operationId) => {
		fixture.addFault(operationId, { status: 404 });
		const { message, description } = messages.notFound('operation', '');
		expect(await findLocatorError(method)).toMatchObject({
			message,
			description: expect.stringMatching(
				new RegExp(
					`^GoFive's message: "Resource not found"\\. (?:${UNCONFIRMED_PATH_NOTE})?${description} ${ENTER_ID}$`,
				),
			),
		});
	});

	test.each(OPTIONS)(
		'%s, to choose several: the message alone says what is wrong',
		async (method, operationId, name) => {
			fixture.respondWithData(operationId, []);
			expect(await findOptionsError(method)).toMatchObject({
				message: `GoFive returned no ${name}. Check whether Venio contains any ${name.replace('deal stages', 'deals')}. ${USE_EXPRESSION}`,
				description: undefined,
			});
			fixture.addFault(operationId, temporaryFailure(), { times: 'always' });
			const error = await findOptionsError(method);
			expect(error.message).toMatch(/^[\w ]+ \(HTTP 502, tried \d times\)\. /);
			expect(error.message).toContain(`${messages.serverError(502, '').description} ${USE_EXPRESSION}`);
			// n8n's editor shows a NodeApiError as "[object Object]".
			expect(error.name).toBe('NodeOperationError');
		},
	);
});
