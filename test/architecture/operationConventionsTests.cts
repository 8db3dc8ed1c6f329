import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { GoFive } from '../../nodes/GoFive/GoFive.node';
import { GoFiveTrigger } from '../../nodes/GoFive/GoFiveTrigger.node';
import {
	buildOperationNotice,
	describeUnconfirmedOperation,
	describeUnconfirmedTrigger,
	TRIGGER_NOTICE,
} from '../../nodes/GoFive/operation/pathEvidence';
import type { Operation } from '../../nodes/GoFive/operation/kinds';
import { resources } from '../../nodes/GoFive/resources';
import { loadContractValidator } from '../../sandbox/contractValidator.mts';
import {
	allOperations,
	contractOperations,
	buildOperationRequest,
	findListOperation,
	getExampleParameters,
	type OperationEntry,
} from '../support/operationParameters.cts';
import { findDifferingKeys, getFormFields, listFieldVariants, toRequestPayload } from '../support/formFields.cts';

const root = path.join(__dirname, '..', '..');
const RESOURCES_FOLDER = 'nodes/GoFive/resources';

const readFolder = (folder: string) => readdirSync(path.join(root, folder), { withFileTypes: true });
const isOperation = (value: unknown): value is Operation =>
	typeof value === 'object' && value !== null && 'request' in value && 'effect' in value && 'fields' in value;

test('defaults stay the same, since n8n does not store them', () => {
	const defaults = Object.fromEntries(resources.map(({ value, defaultOperation }) => [value, defaultOperation]));
	expect(new GoFive().description.properties[0]).toMatchObject({ name: 'resource', default: 'customerEvent' });
	expect(defaults).toEqual({
		account: 'checkAccess',
		activity: 'get',
		case: 'create',
		chat: 'sendMessage',
		contract: 'get',
		customer: 'get',
		customerEvent: 'getAll',
		deal: 'getAll',
		employee: 'getAll',
		endpoint: 'sendRequest',
		expense: 'getAll',
		product: 'getAll',
		quotation: 'getAll',
		salesOrder: 'get',
	});
});

// Who searches for a chat or an account looks for another node.
test("n8n's search finds the node by the name of each resource", () => {
	const { alias } = JSON.parse(readFileSync(path.join(root, 'nodes/GoFive/GoFive.node.json'), 'utf8')) as {
		alias: string[];
	};
	const missing = resources
		.map(({ name }) => name)
		.filter(
			(name) =>
				!['Account', 'Any Endpoint', 'Chat'].includes(name) &&
				!alias.includes(name) &&
				!name.split(' ').every((word) => alias.includes(word)),
		);
	expect(missing).toEqual([]);
});

test('reads are GET requests, with the exceptions listed here', () => {
	const nonGetReads = allOperations.filter(
		({ operation }) =>
			operation.effect === 'read' && buildOperationRequest(operation, getExampleParameters(operation)).method !== 'GET',
	);
	expect(nonGetReads.map(({ name }) => name)).toEqual([
		'customer.getAll',
		'deal.getAll',
		'deal.getTotals',
		'employee.getAll',
		'expense.getAll',
		'expense.getTotals',
		'product.getAll',
		'quotation.getAll',
		'quotation.getTotals',
	]);
});

test('an undocumented path states its evidence as the contract does', async () => {
	const contract = await loadContractValidator();
	const undocumented = ['legacy', 'observed', 'inferred'];
	for (const { name, operation } of contractOperations) {
		const request = buildOperationRequest(operation, getExampleParameters(operation));
		const { 'x-evidence': evidence = '' } = contract.findOperation(request) as unknown as {
			'x-evidence'?: string;
		};
		expect([name, operation.evidence]).toEqual([name, undocumented.includes(evidence) ? evidence : undefined]);
	}
});

const omitLastSentence = (text: string): string => text.slice(0, text.lastIndexOf('. '));

/** Returns the notices in the form of an operation, in their order. */
const getNotices = ({ resource, operation }: OperationEntry): INodeProperties[] =>
	new GoFive().description.properties.filter(({ type, displayOptions: { show = {} } = {} }) => {
		const isShown = show.resource?.includes(resource) && show.operation?.includes(operation.value);
		return type === 'notice' && isShown;
	});

test('a form has at most one notice', () => {
	const counts = allOperations.map((entry) => ({ name: entry.name, count: getNotices(entry).length }));
	expect(counts.filter(({ count }) => count > 1)).toEqual([]);
});

test('description and notice say if an operation may not work, and neither its name nor its action does', () => {
	const isUndocumented = ({ operation }: OperationEntry) =>
		operation.evidence ?? findListOperation(operation)?.evidence;
	const undocumented = allOperations.filter(isUndocumented);
	expect(undocumented.length).toBeGreaterThan(8);
	expect(undocumented.map(({ name }) => name)).toContain('customerEvent.getAll');
	const described = allOperations.filter(
		({ operation: { description } }) => description === describeUnconfirmedOperation(omitLastSentence(description)),
	);
	expect(described).toEqual(undocumented);
	const withNotice = allOperations.filter((entry) =>
		getNotices(entry).some(({ displayName }) => displayName === buildOperationNotice(entry.operation.effect)),
	);
	expect(withNotice).toEqual(undocumented);
	for (const { operation } of undocumented) {
		const notice = buildOperationNotice(operation.effect);
		expect(notice).toMatch(operation.effect === 'write' ? /test record/ : /Check Access/);
	}
	for (const entry of allOperations) {
		expect(`${entry.operation.name}, ${entry.operation.action}`).not.toMatch(/confirmed|documentation|not work/i);
	}
});

test('the form of the trigger says that a list is undocumented, and no action mentions it', () => {
	const { properties } = new GoFiveTrigger().description;
	const events = properties[0]?.options as Array<{ action: string; description: string }>;
	for (const { action } of events) expect(action).not.toMatch(/confirmed|documentation|not work/i);
	const notices = properties
		.filter(({ type }) => type === 'notice')
		.map(({ displayName, displayOptions }) => [displayName, displayOptions?.show]);
	expect(notices).toEqual([
		[TRIGGER_NOTICE, { customerSelection: ['all'], triggerOn: ['newEvent', 'newOrChangedEvent'] }],
		[TRIGGER_NOTICE, { triggerOn: ['newCustomer', 'newOrChangedCustomer', 'unchangedCustomer'] }],
		[TRIGGER_NOTICE, { triggerOn: ['newDeal', 'newOrChangedDeal', 'unchangedDeal'] }],
	]);
	const described = events.map(({ description }) => description).filter((text) => text.includes('not work'));
	expect(described).toHaveLength(6);
	expect(described).toEqual(described.map((text) => describeUnconfirmedTrigger(omitLastSentence(text))));
});

test('the form of an update of some fields shows when its run ends, and when it starts again', () => {
	const updates = allOperations.filter(({ operation }) => operation.current);
	expect(updates.length).toBeGreaterThan(1);
	for (const entry of updates) {
		expect(getNotices(entry).map(({ name }) => name)).toEqual(['currentRecordNotice']);
	}
});

test('a switch is on when it is added to a collection', () => {
	const collections = [new GoFive(), new GoFiveTrigger()]
		.flatMap(({ description }) => description.properties)
		.filter(({ type }) => type === 'collection');
	const switches = collections
		.flatMap(({ options = [] }) => options as INodeProperties[])
		.filter(({ type }) => type === 'boolean');
	expect(switches.length).toBeGreaterThan(30);
	expect(switches.filter((property) => property.default !== true)).toEqual([]);
});

test("a resource locator needs no expression for an entry that is missing, because it has the mode 'By ID'", () => {
	const withoutMode = allOperations.flatMap((entry) =>
		getFormFields(entry)
			.filter(
				({ property: { type, description } }) => type === 'resourceLocator' && description?.includes('expression'),
			)
			.map(({ path }) => [entry.name, ...path].join('.')),
	);
	expect(withoutMode).toEqual([]);
});

/** Keys of GoFive that differ from the parameter's name, with this name. */
const KEYS_UNLIKE_PARAMETER_NAMES: Record<string, string> = {
	// GoFive's spelling.
	cancleAllOrder: 'cancelAllOrder',
	Longtitude: 'longitude',
	sub_SubCategory: 'subSubCategory',
	unqulifiedReasonName: 'unqualifiedReasonName',
	unqulifiedReasonNote: 'unqualifiedReasonNote',
	// GoFive's pages use two keys for one value, and both are sent.
	customerNo: 'customerCode',
	customerType: 'customerStateIds',
	vat: 'vatValue',
	// One name for one meaning, in all forms.
	assignTo: 'assignedToStaffCode',
	DateCreated: 'scoreDate',
	dateEnd: 'dateTo',
	DateFrom: 'dateRange',
	dateStart: 'dateFrom',
	DateTo: 'dateRange',
	eventTypeIds: 'eventTypes',
	expenseTypeId: 'expenseTypeIds',
	keyword: 'searchText',
	keyWord: 'searchText',
	quotationStatus: 'quotationStatuses',
	SaleOrderNo: 'salesOrderNo',
	SourceType: 'scoreType',
	staffCode: 'owner',
	visibility: 'canBeSold',
	whtTaxValue: 'whTaxValue',
};

test("a value is sent under GoFive's key, which is the name of its parameter", () => {
	const differingKeys = contractOperations.flatMap((entry) =>
		listFieldVariants(entry).flatMap(({ path, withValues }) => {
			// Its values are parameter names.
			if (path.at(-1) === 'fieldsToClear') return [];
			const keys = findDifferingKeys(
				withValues.map((parameters) => toRequestPayload(buildOperationRequest(entry.operation, parameters))),
			).filter((key) => key !== 'path');
			const names = keys.map((key) => key.replace(/(?:\[\])+$/, '').replace(/^.*\./, ''));
			return names
				.filter((name) => name.toLowerCase() !== path.at(-1)?.toLowerCase())
				.map((name): [string, string] => [name, path.at(-1) ?? '']);
		}),
	);
	expect(Object.fromEntries(differingKeys)).toEqual(KEYS_UNLIKE_PARAMETER_NAMES);
});

describe.each(readFolder(RESOURCES_FOLDER).filter((entry) => entry.isDirectory()))(
	'resources/$name',
	({ name: folder }) => {
		test('is in resources/index.ts', () => {
			expect(resources.map(({ value }) => value)).toContain(folder);
		});

		test('every operation of its files is in its index.ts', () => {
			const registered = resources.find(({ value }) => value === folder)?.operations ?? [];
			const unregistered = readFolder(`${RESOURCES_FOLDER}/${folder}`)
				.filter(({ name }) => name.endsWith('.ts'))
				.filter(({ name }) => {
					const exported = require(path.join(root, RESOURCES_FOLDER, folder, name)) as object;
					return Object.values(exported).some((value) => isOperation(value) && !registered.includes(value));
				});
			expect(unregistered.map(({ name }) => name)).toEqual([]);
		});
	},
);
