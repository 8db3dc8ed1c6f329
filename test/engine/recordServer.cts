/*
 * A server of single records, whose responses a test writes. It shares nothing with the sandbox's idea of GoFive.
 * Imported by the tests of updates.
 * Start with `setupRecordServer`.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { IDataObject } from 'n8n-workflow';
import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/index.mts';
import { findOperation, getExampleParameters } from '../support/operationParameters.cts';
import { success } from '../support/responses.cts';
import { listenOnLoopback } from '../support/waitForCondition.cts';
import { runNode } from './harness.cts';

type RunOptions = Omit<Parameters<typeof runNode>[0], 'parameters' | 'credential'>;

const SOCIAL_ACCOUNTS = ['facebook', 'instagram', 'line', 'linkedin', 'skype', 'telegram', 'wechat', 'whatsapp'];
const NO_SOCIAL_ACCOUNTS = Object.fromEntries(SOCIAL_ACCOUNTS.map((key) => [key, null]));

/** A customer with each key of the request. */
export const CUSTOMER: IDataObject = {
	customerCode: 'C1',
	customerName: 'บริษัท ตัวอย่าง จำกัด',
	customerState: 3,
	customerType: 1,
	customerStatus: 0,
	leadStatus: 4,
	owners: ['staff01'],
	customer2ndName: 'Example',
	customerAliases: ['EX'],
	customerTaxNo: '0105500000001',
	branchCode: '00000',
	customerPhone: '020000001',
	customerMobile: null,
	customerEmail: 'a@example.com',
	customerPicture: null,
	customerPosition: null,
	customerGender: null,
	customerMaritalStatus: null,
	customerBirthdate: '1990-01-31T00:00:00+0700',
	customerIncome: '',
	creditLimit: null,
	customerNote: 'Note',
	classificationName: 'S',
	customerGroupName: 'CRM',
	sourceName: null,
	interestsName: ['Coffee'],
	customerTags: [],
	unqulifiedReasonName: null,
	unqulifiedReasonNote: null,
	addresses: [{ locationName: 'HQ', locationAddress: 'Bangkok', locationType: 1, latitude: 13.7563, longitude: null }],
	contact: null,
	contacts: [
		{
			contactName: 'A',
			contactPosition: null,
			contactEmail: '',
			contactPhone: '02',
			contactMobile: null,
			contactPicture: null,
			contactBirthdate: '1990-01-31',
			contactNote: null,
			contactStatus: true,
			contactSocialAccount: NO_SOCIAL_ACCOUNTS,
		},
	],
	customerSocialAccount: null,
	customFields: [{ customFieldName: 'Lot', customFieldValue: ['1'] }],
};

/** A product with each key of the request. */
export const PRODUCT: IDataObject = {
	productCode: 'A1',
	productName: 'Coffee',
	active: true,
	productBarcode: null,
	productDescription: null,
	productImage: ['https://example.com/a.jpg', 'https://example.com/b.jpg'],
	qty: 5,
	lowStockAlert: null,
	category: 'Drinks',
	subCategory: null,
	sub_SubCategory: null,
	productUnitName: 'Bag',
	cost: 95.5,
	prices: [{ priceTierName: 'Standard', regularPrice: 180, salePrice: null, vatValue: 7, useDefaultVat: true }],
	trackInventory: true,
	useWarranty: false,
	visibility: true,
	brandName: null,
	warrantyNote: null,
	timeWarrantyValue: null,
	timeWarrantyUnit: null,
	productWeight: null,
	productWeightUnit: null,
	productTag: [],
	productVariant: [],
};

/** Copies a record, and changes some of its values. A key with undefined is missing, as in JSON. */
export const copyOf = (record: IDataObject, changes: IDataObject = {}): IDataObject =>
	JSON.parse(JSON.stringify({ ...record, ...changes })) as IDataObject;

/** Responses of the server, and what it received. */
export interface RecordServer {
	/** Data of the response to a read of the record with a code. */
	read(code: string): unknown;
	/** Processes the body of a write. The response is lost if it returns false. */
	write(body: IDataObject): boolean | void;
	/** Employees of the list. */
	employees: IDataObject[];
	/** Bodies of the writes. */
	bodies: IDataObject[];
	/** Number of reads of a record. */
	readCount: number;
	/** Lets the server store the values of a write in a record, and return the record. */
	store(record: IDataObject): IDataObject;
	/** Runs an update, with example values in the required inputs that have no other value. */
	run(name: string, parameters: IDataObject, options?: RunOptions): ReturnType<typeof runNode>;
}

/** Starts a server for the tests of a file. It has no record before each test. */
export function setupRecordServer(): RecordServer {
	let baseUrl = '';
	const recordServer: RecordServer = {
		read: () => null,
		write: () => undefined,
		employees: [],
		bodies: [],
		readCount: 0,
		store(record) {
			recordServer.read = () => record;
			recordServer.write = (body) => void Object.assign(record, body);
			return record;
		},
		async run(name, parameters, options = {}) {
			const { resource, operation } = findOperation(name);
			const { accessToken, subscriptionApiKey } = SANDBOX_CREDENTIAL_DATA;
			return await runNode({
				parameters: {
					resource,
					operation: operation.value,
					...(getExampleParameters(operation) as IDataObject),
					...parameters,
				},
				credential: { authentication: 'accessToken', accessToken, subscriptionApiKey, baseUrl },
				...options,
			});
		},
	};
	/** Returns the data of a response. Undefined for a lost one. */
	const respond = ({ method, url = '' }: IncomingMessage, bodyText: string): unknown => {
		if (method === 'GET') {
			recordServer.readCount += 1;
			return recordServer.read(decodeURIComponent(url.split('/').at(-1) ?? ''));
		}
		const body = JSON.parse(bodyText) as IDataObject;
		if (url.startsWith('/v1/Employees')) return { value: body['skip'] ? [] : recordServer.employees };
		const [values = body] = (body['products'] ?? []) as IDataObject[];
		recordServer.bodies.push(values);
		return recordServer.write(values) === false ? undefined : null;
	};
	const server = createServer((request, response) => {
		void text(request).then((bodyText) => {
			const data = respond(request, bodyText);
			if (data === undefined) return void request.socket.resetAndDestroy();
			return void response
				.writeHead(200, { 'content-type': 'application/json' })
				.end(JSON.stringify(success(data).body));
		});
	});
	beforeAll(async () => void (baseUrl = `http://127.0.0.1:${await listenOnLoopback(server)}`));
	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});
	beforeEach(() => {
		const responses = { read: () => null, write: () => undefined, employees: [], bodies: [], readCount: 0 };
		Object.assign(recordServer, responses);
	});
	return recordServer;
}
