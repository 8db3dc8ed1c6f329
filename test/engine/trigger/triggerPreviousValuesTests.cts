// The option Include Previous Values. What is stored is in unit/triggerPreviousValuesTests.cts.
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { setupTriggerFixture } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

const PARAMETERS = {
	triggerOn: 'newOrChangedDeal',
	fieldsToWatch: ['dealStageName', 'dealValue', 'expectedCloseDate'],
	output: 'simplified',
	options: { includePreviousValues: true },
};
const createDeal = (values: IDataObject = {}): string =>
	String(
		fixture.sandbox.records.deals.create({
			dealsName: 'POS',
			dealStageName: 'Proposal',
			dealsValue: 250_000,
			...values,
		})[0]?.dealsId,
	);
const updateDeal = (id: string, values: IDataObject) => void fixture.sandbox.records.deals.update(id, values);
const activate = async (parameters: INodeParameters = {}) =>
	await fixture.activateWorkflow({ ...PARAMETERS, ...parameters });

test('a changed record contains what changed and all watched values before, also after a restart', async () => {
	const id = createDeal({ expectedCloseDate: '2025-07-31T00:00:00+0700' });
	const workflow = await activate();
	updateDeal(id, { dealStageName: 'Negotiation', dealsValue: 210_000 });
	createDeal();
	const { items } = await workflow.restart();
	expect(items.reverse()).toMatchObject([
		{
			change: 'changed',
			dealStageName: 'Negotiation',
			dealValue: 210_000,
			changedFields: ['dealStageName', 'dealValue'],
			previous: { dealStageName: 'Proposal', dealValue: 250_000, expectedCloseDate: '2025-07-31T00:00:00+07:00' },
		},
		{ change: 'new', changedFields: [], previous: {} },
	]);
	updateDeal(id, { dealsValue: 0 });
	expect((await workflow.poll()).items).toMatchObject([
		{ changedFields: ['dealValue'], previous: { dealStageName: 'Negotiation', dealValue: 210_000 } },
	]);
});

test.each(['simplified', 'selected', 'raw'])('%s output', async (output) => {
	const id = createDeal();
	const workflow = await activate({ output, fields: ['change'] });
	updateDeal(id, { dealStageName: 'Won' });
	const [item = {}] = (await workflow.poll()).items;
	expect('previous' in item && 'changedFields' in item).toBe(output !== 'raw');
});

test('Fetch Test Event shows the values as the previous ones', async () => {
	createDeal();
	const { items } = await fixture.fetchTestEvent(PARAMETERS);
	expect(items).toMatchObject([{ changedFields: [], previous: { dealStageName: 'Proposal', dealValue: 250_000 } }]);
});

test.each([
	['without the option', PARAMETERS.triggerOn, {}],
	['for New', 'newDeal', PARAMETERS.options],
	['for Unchanged', 'unchangedDeal', PARAMETERS.options],
])('stores and adds nothing %s', async (_, triggerOn, options) => {
	const id = createDeal();
	const workflow = await activate({ triggerOn, options });
	expect(JSON.stringify(workflow.storedStaticData)).not.toMatch(/Proposal|values/);
	updateDeal(id, { dealStageName: 'Won' });
	createDeal();
	for (const item of (await workflow.poll()).items) expect(item).not.toHaveProperty('previous');
});

test('turned on later, the values are known from the next poll on, and turned off, they are not stored any more', async () => {
	const id = createDeal();
	const deletedId = createDeal({ dealStageName: 'Cancelled' });
	const workflow = await activate({ options: {} });
	updateDeal(id, { dealStageName: 'Negotiation' });
	const { options } = PARAMETERS;
	expect((await workflow.publish({ options })).items).toMatchObject([{ changedFields: null, previous: null }]);
	updateDeal(id, { dealStageName: 'Won' });
	expect((await workflow.poll()).items).toMatchObject([{ previous: { dealStageName: 'Negotiation' } }]);
	expect(JSON.stringify(workflow.storedStaticData)).toMatch(/Won.*Cancelled|Cancelled.*Won/);
	const { deals } = fixture.sandbox.records;
	deals.records = deals.records.filter(({ dealsId }) => String(dealsId) !== deletedId);
	await workflow.publish({ options: {} });
	expect(JSON.stringify(workflow.storedStaticData)).not.toMatch(/Won|Cancelled/);
});

test('1,000 deals with three watched columns take less than 80,000 characters', async () => {
	const records = Array.from({ length: 1000 }, (_, index) => ({
		dealsId: 1_000_000 + index,
		dealStageName: 'เจรจาต่อรอง',
		dealsValue: 250_000 + index,
		expectedCloseDate: '2025-07-31T00:00:00+0700',
	}));
	for (const data of [records, []]) fixture.respondWithData('findDeals', data);
	const workflow = await activate();
	const { length } = JSON.stringify(workflow.storedStaticData);
	expect(length).toBeGreaterThan(50_000);
	expect(length).toBeLessThan(80_000);
});
