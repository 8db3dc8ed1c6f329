import { buildOncePerDay, formatThaiTime, pickByIndex } from './seedCalendar.mts';
import { SEED_SALESPERSONS } from './seedEmployees.mts';

/** ID of the first customer. */
export const FIRST_CUSTOMER_ID = 480201;

const LEAD_STATUS_INTERESTED = 4;

/** States of a customer: codes of the documented API and of the partner portal, and the first letter of its code. */
export const CUSTOMER_STATES = {
	lead: { customerState: 1, customerType: 11100, prefix: 'L' },
	prospect: { customerState: 2, customerType: 11200, prefix: 'P' },
	customer: { customerState: 3, customerType: 11300, prefix: 'C' },
};

type CustomerState = keyof typeof CUSTOMER_STATES;

const CUSTOMERS: ReadonlyArray<
	readonly [code: string, name: string, contact: string, city: string, mailName: string, state?: CustomerState]
> = [
	['C000055', 'Chao Phraya Trading Co., Ltd.', 'Khun Narin', 'Bangkok', 'chaophraya'],
	['C000154', 'บริษัท สยามอุตสาหกรรม จำกัด', 'คุณวิชัย', 'สมุทรปราการ', 'siamindustry'],
	['C000201', 'Lanna Coffee Roasters', 'Khun Ploy', 'Chiang Mai', 'lannacoffee'],
	['C000349', 'Andaman Seafood Export', 'Khun Arthit', 'Phuket', 'andamanseafood'],
	['C000412', 'ร้านทองเยาวราช', 'คุณสุดา', 'กรุงเทพฯ', 'thongyaowarat'],
	['C000427', 'Phuket Yacht Service', 'Mr. Harris', 'Phuket', 'phuketyacht'],
	['C000431', 'บริษัท โคราชเฟอร์นิเจอร์ จำกัด', 'คุณประเสริฐ', 'นครราชสีมา', 'koratfurniture'],
	['C000458', 'Bangkok Bakery House', 'Khun Fah', 'Bangkok', 'bakeryhouse'],
	['C000466', 'โรงพิมพ์ธนบุรี', 'คุณอรุณี', 'กรุงเทพฯ', 'thonburiprint'],
	['C000483', 'Green Valley Organic Farm', 'Khun Somsak', 'Khao Yai', 'greenvalley'],
	['C000502', 'บริษัท ขอนแก่นการเกษตร จำกัด', 'คุณบุญมี', 'ขอนแก่น', 'kkagri'],
	['C000517', 'Hua Hin Beach Resort', 'Ms. Larsen', 'Hua Hin', 'huahinresort'],
	['C000999', 'Sathorn Dental Clinic', 'Khun Preecha', 'Bangkok', 'sathorndental'],
	['P000126', 'Chiang Rai Tea Estate', 'Khun Mali', 'Chiang Rai', 'teaestate', 'prospect'],
	['L000308', 'Isan Rice Mill', 'Khun Boonlert', 'Ubon Ratchathani', 'isanrice', 'lead'],
	['L000311', 'โรงแรมริมน้ำ อยุธยา', 'คุณจินตนา', 'อยุธยา', 'rimnam', 'lead'],
];

/** Code of the customer that is new and has no events. */
export const NEW_CUSTOMER_CODE = 'C000999';

/** Customers with the persons whom a salesperson meets. */
export const SEED_CUSTOMERS = CUSTOMERS.map(
	([customerCode, customerName, contact, city, mailName, state = 'customer'], index) => ({
		customerCode,
		customerId: FIRST_CUSTOMER_ID + index,
		customerName,
		contact,
		city,
		mailName,
		state,
		salesperson: pickByIndex(SEED_SALESPERSONS, index),
		isThai: /\p{Script=Thai}/u.test(customerName),
	}),
);

/** Customer with its contact and salesperson. */
export type SeedCustomer = (typeof SEED_CUSTOMERS)[number];

/** Builds the records of the customers in a list. */
export const buildSeedCustomerRecords = buildOncePerDay((today) =>
	SEED_CUSTOMERS.map(
		({ customerCode, customerId, customerName, contact, city, mailName, state, salesperson }, index) => {
			const dateCreated = today.minus({ days: 700 - 40 * index, hours: -9 - (index % 8) });
			const { customerState } = CUSTOMER_STATES[state];
			return {
				customerId,
				customerCode,
				customerName,
				customerState,
				leadStatus: state === 'customer' ? LEAD_STATUS_INTERESTED : customerState,
				createdByUserId: salesperson.userId,
				dateCreated: formatThaiTime(dateCreated),
				modifiedByUserId: salesperson.userId,
				dateModified: formatThaiTime(dateCreated.plus({ days: 21, minutes: 35 })),
				dateAcquired: state === 'customer' ? formatThaiTime(dateCreated.plus({ days: 14 })) : null,
				customerPhone: `02000${String(1001 + 37 * index)}`,
				customerEmail: `${mailName}@example.com`,
				customerTaxNo: `01055${String(60_000_001 + 913 * index)}`,
				customerOwnersStr: [salesperson.fullname],
				addresses: [{ locationName: contact, locationAddress: city, locationType: 1, latitude: null, longitude: null }],
			};
		},
	),
);
