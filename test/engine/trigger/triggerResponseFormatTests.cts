// A changed response is no change of the records: GoFive renames an ID or a watched field, and names it back.
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { addCustomers, buildCodes } from '../../../sandbox/addCustomers.mts';
import type { TriggerPollResult } from '../harness.cts';
import type { TriggerWorkflow } from '../triggerWorkflow.cts';
import { getEventIds, setupTriggerFixture } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

/** A source whose responses a test writes. */
interface SourceCase {
	operationId: string;
	/** Number of requests per poll. */
	pages: number;
	parameters: INodeParameters;
	/** Key of the first ID. */
	idKey: string;
	/** Key of a watched field. */
	watchedKey: string;
	/** Name of this field in a message. */
	watchedName: string;
	buildRecord(index: number): IDataObject;
}

const SOURCES: Record<string, SourceCase> = {
	Customer: {
		operationId: 'findCustomers',
		pages: 2,
		parameters: { customerStateIds: [11300] },
		idKey: 'customerId',
		watchedKey: 'customerName',
		watchedName: 'Customer Name',
		buildRecord: (index) => ({ customerId: index, customerCode: `C${index}`, customerName: `บริษัท ${index}` }),
	},
	Deal: {
		operationId: 'findDeals',
		pages: 2,
		parameters: {},
		idKey: 'dealsId',
		watchedKey: 'statusName',
		watchedName: 'Status Name',
		buildRecord: (index) => ({ dealsId: index, dealNo: `D${index}`, dealsName: 'ดีล', statusName: 'Open' }),
	},
	Expense: {
		operationId: 'findExpenses',
		pages: 1,
		parameters: { expenseTypeIds: [1006] },
		idKey: 'expenseId',
		watchedKey: 'subject',
		watchedName: 'Subject',
		buildRecord: (index) => ({ expenseId: index, expenseNo: `EX${index}`, subject: 'แท็กซี่', remark: '' }),
	},
	Quotation: {
		operationId: 'findQuotations',
		pages: 2,
		parameters: {},
		idKey: 'quotationId',
		watchedKey: 'quotationStatus',
		watchedName: 'Status Name',
		buildRecord: (index) => ({ quotationId: `q-${index}`, quotationNo: `Q${index}`, quotationStatus: 4 }),
	},
};
const getSource = (name: string) => SOURCES[name] as SourceCase;

const buildRecords = ({ buildRecord }: SourceCase, count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => buildRecord(index + 1));

/** Returns records in which a key has another name. */
const rename = (records: IDataObject[], key: string): IDataObject[] =>
	records.map(({ [key]: value, ...others }) => ({ ...others, renamed: value }));

/** Answers the next poll of a source. */
function respond({ operationId, pages }: SourceCase, records: IDataObject[]): void {
	for (const data of [records, []].slice(0, pages)) fixture.respondWithData(operationId, data);
}

/** Publishes a trigger for which GoFive returns these records. */
async function start(
	name: string,
	records: IDataObject[],
	parameters: INodeParameters = {},
	isDurable = false,
): Promise<TriggerWorkflow> {
	const source = getSource(name);
	const triggerOn = `newOrChanged${name}`;
	const workflow = fixture.createWorkflow({ triggerOn, ...source.parameters, ...parameters }, isDurable);
	respond(source, records);
	expect(await workflow.activate()).toMatchObject({ data: null });
	return workflow;
}

async function poll(workflow: TriggerWorkflow, name: string, records: IDataObject[]): Promise<TriggerPollResult> {
	respond(getSource(name), records);
	return await workflow.poll();
}

async function pollItems(...args: Parameters<typeof poll>): Promise<IDataObject[]> {
	const { error, items } = await poll(...args);
	if (error) throw error;
	return items;
}

describe.each([false, true])('durable poller: %p', (isDurable) => {
	describe.each(Object.entries(SOURCES))('%s', (name, { idKey, watchedKey, watchedName, buildRecord }) => {
		test.each([
			['ID', idKey, 2, /^GoFive's list of .* could not be read: GoFive returned \w+ without '\w+ ID', which/],
			[
				'watched field',
				watchedKey,
				10,
				new RegExp(`: GoFive returned \\w+ without the watched field '${watchedName}'`),
			],
		])('a renamed %s reports nothing and says why', async (_, key, count, message) => {
			const records = buildRecords(getSource(name), count);
			const workflow = await start(name, records, {}, isDurable);
			const state = workflow.memoryStaticData;
			const added = buildRecord(100);
			for (let repetition = 0; repetition < 2; repetition += 1) {
				const { error, data } = await poll(workflow, name, rename([...records, added], key));
				expect(data).toBeNull();
				expect(error).toMatchObject({ message: expect.stringMatching(message) });
				expect(error).toMatchObject({ description: expect.stringContaining('rename the trigger') });
				expect(error).toMatchObject({ description: expect.stringContaining('contains the fields ') });
			}
			expect(workflow.memoryStaticData).toEqual(state);
			const changed = { ...records[0], [watchedKey]: 5 };
			expect(await pollItems(workflow, name, [changed, ...records.slice(1), added])).toEqual([changed, added]);
			expect(await pollItems(workflow, name, [changed, ...records.slice(1), added])).toEqual([]);
		});
	});

	test('the state stays the same while the records do, also with fields that only some records have', async () => {
		const records = buildRecords(getSource('Deal'), 12).map((deal, index) =>
			index % 2 ? { ...deal, dealsValue: index } : deal,
		);
		const workflow = await start('Deal', records, {}, isDurable);
		const state = workflow.memoryStaticData;
		for (const response of [records, records.slice().reverse(), records])
			expect(await pollItems(workflow, 'Deal', response)).toEqual([]);
		expect(JSON.stringify(workflow.memoryStaticData).length).toBe(JSON.stringify(state).length);
	});
});

test('nothing is reported if an ID is added that precedes the one of the stored records', async () => {
	const { buildRecord } = getSource('Quotation');
	const records = buildRecords(getSource('Quotation'), 3);
	const workflow = await start('Quotation', rename(records, 'quotationId'));
	expect(await pollItems(workflow, 'Quotation', records)).toEqual([]);
	expect(await pollItems(workflow, 'Quotation', [...records, buildRecord(4)])).toEqual([buildRecord(4)]);
});

test('a single record without its ID reports nothing, also when the ID returns', async () => {
	const [deal] = buildRecords(getSource('Deal'), 1) as [IDataObject];
	const workflow = await start('Deal', [deal]);
	expect((await poll(workflow, 'Deal', rename([deal], 'dealsId'))).error).toBeDefined();
	expect(await pollItems(workflow, 'Deal', [deal])).toEqual([]);
});

test('a new record without the ID of the others is reported, also if two others leave the list', async () => {
	const records = buildRecords(getSource('Customer'), 3);
	const workflow = await start('Customer', records);
	const added = { customerCode: 'C9', customerName: 'ใหม่' };
	expect(await pollItems(workflow, 'Customer', [...records, added])).toEqual([added]);
	const another = { customerCode: 'C10', customerName: 'ใหม่' };
	expect(await pollItems(workflow, 'Customer', [added, another])).toEqual([another]);
});

test.each([
	['have an empty ID', { dealsId: 0 }],
	['have a null ID', { dealsId: null }],
])('new deals that %s are reported, also if the others leave the list', async (_, id) => {
	const workflow = await start('Deal', buildRecords(getSource('Deal'), 2));
	const drafts = ['N1', 'N2', 'N3'].map((dealNo) => ({ ...id, dealNo }));
	expect(await pollItems(workflow, 'Deal', drafts)).toEqual(drafts);
	expect(await pollItems(workflow, 'Deal', drafts)).toEqual([]);
});

test('new deals without the ID column are reported if the others left the list before', async () => {
	const records = buildRecords(getSource('Deal'), 2);
	const workflow = await start('Deal', [...records, { dealNo: 'N1' }]);
	expect(await pollItems(workflow, 'Deal', [{ dealNo: 'N1' }])).toEqual([]);
	const added = [{ dealNo: 'N2' }, { dealNo: 'N3' }];
	expect(await pollItems(workflow, 'Deal', added)).toEqual(added);
});

test('null is not absent', async () => {
	const records = buildRecords(getSource('Deal'), 12);
	const workflow = await start('Deal', records);
	const cleared = records.map((deal) => ({ ...deal, statusName: null }));
	expect(await pollItems(workflow, 'Deal', cleared)).toEqual(cleared);
});

test('nine deals count as changed if a watched field is renamed, and ten do not', async () => {
	const records = buildRecords(getSource('Deal'), 9);
	const workflow = await start('Deal', records);
	expect(await pollItems(workflow, 'Deal', rename(records, 'statusName'))).toHaveLength(9);
	const tenRecords = buildRecords(getSource('Deal'), 10);
	const otherWorkflow = await start('Deal', tenRecords);
	expect((await poll(otherWorkflow, 'Deal', rename(tenRecords, 'statusName'))).error).toBeDefined();
});

test('a field that nine deals lost is not expected of the deals that follow', async () => {
	const records = buildRecords(getSource('Deal'), 9);
	const workflow = await start('Deal', records);
	const others = rename(buildRecords(getSource('Deal'), 20), 'statusName');
	expect(await pollItems(workflow, 'Deal', rename(records, 'statusName'))).toHaveLength(9);
	expect(await pollItems(workflow, 'Deal', others)).toHaveLength(11);
	expect(await pollItems(workflow, 'Deal', others)).toEqual([]);
});

test('a field that GoFive omits for some records is not expected, so its last record may leave', async () => {
	const records = buildRecords(getSource('Deal'), 20);
	const withNote = { ...getSource('Deal').buildRecord(21), notes: 'โทรกลับ' };
	const workflow = await start('Deal', [...records, withNote], { fieldsToWatch: ['statusName', 'notes'] });
	expect(await pollItems(workflow, 'Deal', records)).toEqual([]);
});

test('a record that no other change concerns is compared again after the field returns', async () => {
	const records = buildRecords(getSource('Deal'), 12);
	const workflow = await start('Deal', records);
	const lost = records.map((deal, index) => (index === 3 ? { ...deal, dealsName: 'เปลี่ยน' } : deal));
	expect((await poll(workflow, 'Deal', rename(lost, 'statusName'))).error).toBeDefined();
	expect(await pollItems(workflow, 'Deal', lost)).toEqual([lost[3]]);
});

test.each(['fieldsToWatch', 'name'])('the message ends if the user changes the %s', async (change) => {
	const records = buildRecords(getSource('Deal'), 12);
	const workflow = await start('Deal', records);
	const renamed = rename(records, 'statusName');
	const { error } = await poll(workflow, 'Deal', renamed);
	expect(error).toMatchObject({ description: expect.stringContaining("'Fields to Watch'") });
	respond(getSource('Deal'), renamed);
	if (change === 'name') workflow.storedStaticData = {};
	const result = await workflow.publish(change === 'name' ? {} : { fieldsToWatch: ['dealName'] });
	expect([result.error, result.data]).toEqual([undefined, null]);
	const added = { ...renamed[0], dealsId: 99 };
	expect(await pollItems(workflow, 'Deal', [...renamed, added])).toEqual([added]);
	expect(await pollItems(workflow, 'Deal', [{ ...added, dealsName: 'เปลี่ยน' }, ...renamed])).toHaveLength(1);
});

test('Fields to Watch that GoFive does not return are not expected later', async () => {
	const records = buildRecords(getSource('Deal'), 12);
	const workflow = await start('Deal', records);
	respond(getSource('Deal'), records);
	await workflow.publish({ fieldsToWatch: ['dealName', 'notes'] });
	expect(await pollItems(workflow, 'Deal', records)).toEqual([]);
});

test('a renamed ID does not concern New alone, and a renamed field not at all', async () => {
	const records = buildRecords(getSource('Deal'), 12);
	const workflow = await start('Deal', records, { triggerOn: 'newDeal' });
	const renamed = rename(records, 'statusName');
	const added = { ...renamed[0], dealsId: 99 };
	expect(await pollItems(workflow, 'Deal', [...renamed, added])).toEqual([added]);
	expect((await poll(workflow, 'Deal', rename([...renamed, added], 'dealsId'))).error).toBeDefined();
});

test('a renamed field does not start the days of Unchanged again', async () => {
	const records = buildRecords(getSource('Deal'), 12);
	const parameters = { triggerOn: 'unchangedDeal', fieldsToWatch: ['statusName', 'dealName'] };
	const workflow = await start('Deal', records, parameters);
	fixture.now += 7 * 86_400_000;
	expect((await poll(workflow, 'Deal', rename(records, 'statusName'))).error).toBeDefined();
	fixture.now += 7 * 86_400_000;
	expect(await pollItems(workflow, 'Deal', records)).toHaveLength(12);
});

describe('customer events', () => {
	const CODES = buildCodes(12);
	const PARAMETERS = { triggerOn: 'newOrChangedEvent', customerCodes: CODES.join() };
	const events = Object.fromEntries(
		CODES.map((code, index) => [code, { eventId: index + 1, eventName: 'นัด', eventDate: null, description: '' }]),
	);
	const respondWithEvents = (toEvent = (event: IDataObject): IDataObject => event, codes = CODES) => {
		for (const code of codes) fixture.respondWith(code, [toEvent(events[code] as IDataObject)]);
	};
	const renameName = ({ eventName, ...event }: IDataObject): IDataObject => ({ ...event, title: eventName });
	beforeEach(() => void addCustomers(fixture.sandbox.records, CODES));

	test('a field that all customers lose is no change, although each has one event only', async () => {
		respondWithEvents();
		const workflow = await fixture.activateWorkflow(PARAMETERS);
		respondWithEvents(renameName);
		const { error } = await workflow.poll();
		expect(error?.message).toContain("GoFive returned customer events without the watched field 'Event Name'");
		expect(error).toMatchObject({ description: expect.not.stringContaining('Fields to Watch') });
		respondWithEvents();
		expect(getEventIds(await workflow.poll())).toEqual([]);
	});

	test('a field that only some customers lose counts as empty', async () => {
		respondWithEvents();
		const workflow = await fixture.activateWorkflow(PARAMETERS);
		const [first = '', ...others] = CODES;
		respondWithEvents(renameName, others);
		respondWithEvents(undefined, [first]);
		expect(getEventIds(await workflow.poll())).toHaveLength(others.length);
	});

	test('an event type that does not count is no evidence', async () => {
		respondWithEvents((event) => ({ ...event, eventType: 1 }));
		const workflow = await fixture.activateWorkflow({ ...PARAMETERS, eventTypes: [1] });
		for (const code of CODES) {
			const event = { ...(events[code] as IDataObject), eventType: 1 };
			fixture.respondWith(code, [renameName(event), { ...event, eventId: 1000, eventType: 2 }]);
		}
		expect((await workflow.poll()).error).toBeDefined();
	});
});

test('a type of customers that has no ID from the start is watched', async () => {
	const { customers } = fixture.sandbox.records;
	const createLeads = (codes: string[]) => codes.map((customerCode) => ({ customerCode, customerType: 11100 }));
	const withId = { customerId: 1, customerCode: 'C1', customerType: 11300 };
	const setCustomers = (codes: string[]) => (customers.records = [...createLeads(codes), withId] as never);
	setCustomers(['L1', 'L2']);
	const workflow = await fixture.activateWorkflow({ triggerOn: 'newOrChangedCustomer' });
	expect((await workflow.poll()).data).toBeNull();
	setCustomers(['L1', 'L2', 'L3', '1']);
	expect((await workflow.poll()).items).toMatchObject([{ customerCode: 'L3' }, { customerCode: '1' }]);
	expect((await workflow.poll()).data).toBeNull();
});

test.each([[[0, 2, 3, 3]], [[0, 1, 4, 4]], [[2, 5, 6, 6]]])(
	'new leads are reported although no lead has an ID: %j leads',
	async ([first = 0, ...others]) => {
		const { customers } = fixture.sandbox.records;
		const setLeads = (count: number) => {
			const leads = Array.from({ length: count }, (_, index) => ({ customerCode: `L${index}`, customerType: 11100 }));
			customers.records = [{ customerId: 1, customerCode: 'C1', customerType: 11300 }, ...leads] as never;
		};
		setLeads(first);
		const workflow = await fixture.activateWorkflow({ triggerOn: 'newCustomer', customerStateIds: [11300, 11100] });
		let before = first;
		for (const count of others) {
			setLeads(count);
			const { items, emittedErrors } = await workflow.poll();
			expect([items.length, emittedErrors]).toEqual([count - before, []]);
			before = count;
		}
	},
);

describe.each(Object.keys(SOURCES))('%s', (name) => {
	const { idKey, buildRecord, watchedKey } = getSource(name);
	const numberKey = Object.keys(buildRecord(1))[1] ?? '';

	test('a new record is reported although another record has its second ID as first ID', async () => {
		const records = [1, 2].map((id) => ({ ...buildRecord(id), [idKey]: id }));
		const workflow = await start(name, records);
		const added = { [idKey]: null, [numberKey]: '1', [watchedKey]: null };
		expect(await pollItems(workflow, name, [added, ...records])).toEqual([added]);
		expect(await pollItems(workflow, name, [...records, added])).toEqual([]);
	});
});
