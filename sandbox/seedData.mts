import { DateTime } from 'luxon';
import type { EventInput } from './dataStore.mts';

/** Event types as GoFive returns them. */
export const SEED_EVENT_TYPES = [
	{ eventTypeId: 1, eventTypeName: 'Meeting' },
	{ eventTypeId: 2, eventTypeName: 'Phone Call' },
	{ eventTypeId: 3, eventTypeName: 'โทรติดตามลูกค้า' },
	{ eventTypeId: 4, eventTypeName: 'เยี่ยมลูกค้า (Site Visit)' },
	{ eventTypeId: 5, eventTypeName: 'วันเกิดลูกค้า' },
	{ eventTypeId: 6, eventTypeName: 'Contract Renewal' },
	{ eventTypeId: 7, eventTypeName: 'ร้องเรียน (Complaint)' },
] as const;

/** ID of the first customer. */
export const FIRST_CUSTOMER_ID = 480201;

/** Codes and names of the customers. The last one has no events. */
export const SEED_CUSTOMERS: ReadonlyArray<readonly [code: string, name: string]> = [
	['C000055', 'Chao Phraya Trading Co., Ltd.'],
	['C000154', 'บริษัท สยามอุตสาหกรรม จำกัด'],
	['C000201', 'Lanna Coffee Roasters'],
	['C000349', 'Andaman Seafood Export'],
	['C000412', 'ร้านทองเยาวราช'],
	['L000308', 'Isan Rice Mill (lead)'],
	['L000311', 'โรงแรมริมน้ำ (ผู้สนใจ)'],
	['CUST-001', 'Phuket Yacht Service'],
	['ลูกค้า 1', 'คุณสมชาย ใจดี'],
	['C1&x=2', 'Fish & Chips + More'],
	['a/b ../100%', 'Codes With Signs Ltd.'],
	['C000999', 'New Customer Without Events'],
];

/** Records of the customers in a list, with the code of the partner portal for a lead or a customer. */
export const SEED_CUSTOMER_RECORDS = SEED_CUSTOMERS.map(([customerCode, customerName], index) => ({
	customerId: FIRST_CUSTOMER_ID + index,
	customerCode,
	customerName,
	customerType: customerCode.startsWith('L') ? 11100 : 11300,
}));

/** Employees whose codes other records contain. */
export const SEED_EMPLOYEES = [
	{ userId: '3f0c2d84-6a1b-4c57-9e20-000000000001', staffCode: 'staff01', fullname: 'สมหญิง ใจดี' },
	{ userId: '3f0c2d84-6a1b-4c57-9e20-000000000002', staffCode: 'staff02', fullname: 'Somchai Jaidee' },
	{ userId: '00000000-0000-0000-0000-000000000001', staffCode: '00004', fullname: 'มานะ รักงาน' },
];

/** Index of these employees in the list, which begins with employees without records. */
export const FIRST_SEED_EMPLOYEE = 220;

/** Types of the expenses, in the order of GoFive's page. */
const EXPENSE_TYPES = [1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008];

/** Builds the values of an expense: every type in turn, and every other expense in the last 60 days. */
export function buildSeedExpense(index: number) {
	const date = DateTime.now().setZone('Asia/Bangkok').minus({ days: index }).startOf('day');
	const expenseTypeId = EXPENSE_TYPES[Math.floor(index / 2) % EXPENSE_TYPES.length];
	return {
		expenseDetails: [{ expenseDetailId: 2001 + index, expenseTypeId, amount1: 3450.5, note: 'ตามใบเสร็จ' }],
		...(index % 2 === 0 && { dateTransaction: date.toFormat("yyyy-MM-dd'T'HH:mm:ssZZZ") }),
	};
}

/** Events around January 2025, the range of the example on GoFive's page. */
const FIXED_DATE_EVENTS: ReadonlyArray<readonly [date: string, type: number, name: string, description: string]> = [
	['2024-12-31T23:59:59', 5, 'Last second before the range', ''],
	['2025-01-01T00:00:00', 5, 'สวัสดีปีใหม่', 'ส่งกระเช้าปีใหม่'],
	['2025-01-15T09:30:00', 2, 'Call about the quotation', 'Asked for 5% off, "if possible"'],
	['2025-01-29T15:38:43', 1, 'Kick-off meeting', 'Example description 1'],
	['2025-01-29T15:38:43', 1, 'Kick-off meeting, part 2', 'In the same second as the previous event'],
	['2025-01-31T23:59:59', 6, 'Renewal due', 'Last second of the range'],
	['2025-02-01T00:00:00', 4, 'First second after the range', ''],
];

/** Events with the number of days from today and the Thai time of day. */
const RELATIVE_DATE_EVENTS: ReadonlyArray<
	readonly [days: number, time: string, type: number, name: string, description: string]
> = [
	[-400, '10:00:00', 1, 'First meeting', 'Introduced the team'],
	[-95, '14:30:00', 4, 'เยี่ยมโรงงาน', 'ดูสายการผลิตและคลังสินค้า'],
	[-40, '09:15:00', 2, 'Call about an invoice', 'Invoice sent again by e-mail'],
	[-21, '16:45:00', 3, 'โทรติดตามใบเสนอราคา', 'ลูกค้าขอเวลาตัดสินใจ 1 สัปดาห์'],
	[-8, '11:00:00', 1, 'Quarterly review', 'Renew the "Premium" plan, ฿1,500 a month\nSend an offer'],
	[-3, '13:20:00', 2, 'Support call 👍', ''],
	[-1, '08:05:09', 3, 'โทรยืนยันนัดหมาย', 'ยืนยันแล้ว'],
	[0, '00:00:00', 5, 'วันเกิดคุณสมหญิง', 'ส่งการ์ดอวยพร'],
	[0, '09:00:00', 1, 'Morning meeting', 'Room Chao Phraya, 3rd floor'],
	[0, '23:59:59', 2, 'Last call of the day', 'Call to New York'],
	[2, '10:30:00', 4, 'นัดเยี่ยมสำนักงานใหม่', 'นำตัวอย่างสินค้าไปด้วย'],
	[14, '15:00:00', 1, 'Product demo', 'Online'],
	[90, '09:00:00', 6, 'Contract renewal', 'ต่อสัญญาบริการรายปี'],
];

/**
 * Builds the initial events: fixed ones for C000055, and some around the current Thai day for all customers but one.
 * @param nowMs - Time in ms since 1970
 */
export function buildSeedEvents(nowMs: number): EventInput[] {
	const today = DateTime.fromMillis(nowMs, { zone: 'Asia/Bangkok' });
	const fixedDateEvents = FIXED_DATE_EVENTS.map(([eventDate, eventType, eventName, description]) => {
		return { customerCode: 'C000055', eventName, eventType, eventDate, description };
	});
	const relativeDateEvents = SEED_CUSTOMERS.slice(0, -1).flatMap(([customerCode], index) => {
		const plannedEvents = RELATIVE_DATE_EVENTS.filter((_, plan) => (plan + index) % 3 !== 0);
		return plannedEvents.map(([days, time, eventType, eventName, description]) => {
			const eventDate = `${today.plus({ days }).toISODate()}T${time}`;
			return { customerCode, eventName, eventType, eventDate, description };
		});
	});
	return [...fixedDateEvents, ...relativeDateEvents];
}
