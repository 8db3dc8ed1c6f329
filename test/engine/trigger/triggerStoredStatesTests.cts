// States that an earlier version stored, in storedStates.json: New and New or Changed read them, and store them as they
// are. Each is workflow.memoryStaticData after an activation with the records 1 to 3, and a poll without record 3.
import { readFileSync } from 'fs';
import { join } from 'path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { setupTriggerFixture } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

/** Object in Trigger On, operation of the sandbox, number of its pages per poll, parameters, and records. */
type Case = [
	name: string,
	operationId: string,
	pages: number,
	parameters: INodeParameters,
	buildRecord: (index: number) => IDataObject,
];
const CASES: Case[] = [
	['Event', 'getCustomerEvents', 1, {}, (eventId) => ({ eventId, eventName: 'นัด', eventDate: '2025-06-16T10:00:00' })],
	['Customer', 'findCustomers', 2, { customerStateIds: [11300] }, (id) => ({ customerCode: `ลูกค้า ${id}.%` })],
	['Deal', 'findDeals', 2, {}, (dealsId) => ({ dealsId, dealsName: 'ดีล', dealStageName: 'เสนอราคา' })],
	['Expense', 'findExpenses', 1, { expenseTypeIds: [1006] }, (expenseId) => ({ expenseId, statusId: 301 })],
	['Product', 'listProducts', 1, {}, (id) => ({ productCode: `สินค้า-${id}`, prices: [{ regularPrice: 190 }] })],
	['Quotation', 'findQuotations', 2, {}, (id) => ({ quotationNo: `ใบเสนอราคา-${id}`, quotationStatus: 4 })],
];
const CHANGED_KEYS: Record<string, string> = {
	Event: 'eventName',
	Customer: 'customerName',
	Deal: 'dealStageName',
	Expense: 'remark',
	Product: 'productName',
	Quotation: 'recipientName',
};
const KINDS = ['new', 'newOrChanged'] as const;
const CASES_BY_KIND = KINDS.flatMap((kind) => CASES.map((sourceCase) => [kind, ...sourceCase] as const));

function respond(operationId: string, pages: number, records: IDataObject[]): void {
	for (const data of [records, [], []].slice(0, pages)) fixture.respondWithData(operationId, data);
}

const STATES = JSON.parse(readFileSync(join(__dirname, 'storedStates.json'), 'utf8')) as Record<string, IDataObject>;

test.each(CASES_BY_KIND)('%s%s', async (kind, name, operationId, pages, parameters, buildRecord) => {
	const triggerOn = `${kind}${name}`;
	const workflow = fixture.createWorkflow({ triggerOn, ...parameters });
	workflow.storedStaticData = structuredClone(STATES[triggerOn]) as IDataObject;
	const [first, second, missing, added] = [1, 2, 3, 4].map(buildRecord) as [IDataObject, ...IDataObject[]];

	respond(operationId, pages, [first, second as IDataObject]);
	expect(await workflow.restart()).toMatchObject({ data: null });
	expect(workflow.storedStaticData).toStrictEqual(STATES[triggerOn]);

	const changed = { ...first, [CHANGED_KEYS[name] ?? '']: 'เปลี่ยน' };
	respond(operationId, pages, [changed, second, missing, added] as IDataObject[]);
	const { items } = await workflow.poll();
	expect(items).toEqual(kind === 'new' ? [added] : [changed, added]);
});
