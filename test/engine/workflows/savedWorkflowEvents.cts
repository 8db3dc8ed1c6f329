import type { RecordLists } from '../../../sandbox/recordLists.mts';
import { FIRST_CUSTOMER_ID } from '../../../sandbox/seed/seedCustomers.mts';
import { loadJanuaryEvents } from '../../support/januaryEvents.cts';

/** Customers in the order of their IDs. The last one has no events. */
const CUSTOMER_CODES = [
	...['C000055', 'C000154', 'C000201', 'C000349', 'C000412', 'L000308', 'L000311', 'CUST-001', 'ลูกค้า 1'],
	...['C1&x=2', 'a/b ../100%', 'C000999'],
];

/** Events with the number of days from today and the Thai time of day. */
const EVENTS: ReadonlyArray<readonly [days: number, time: string, type: number, name: string, description: string]> = [
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

const DAY_MS = 86_400_000;
const THAI_OFFSET_MS = 7 * 3_600_000;

/**
 * Replaces all events with those of the time when the workflows were saved, and adds their customers. The triggers'
 * stored state contains the IDs of these events.
 * @param nowMs - Time in ms since 1970
 */
export function loadSavedWorkflowEvents(records: RecordLists, nowMs: number): void {
	const { customers, customerEvents } = records;
	customerEvents.fill(0);
	for (const [index, customerCode] of CUSTOMER_CODES.entries()) {
		if (customers.findBy('customerCode', customerCode)) continue;
		const customerName = `Customer ${customerCode}`;
		customers.create({ customerCode, customerName, customerId: FIRST_CUSTOMER_ID + index });
	}
	loadJanuaryEvents(records);
	for (const [index, customerCode] of CUSTOMER_CODES.slice(0, -1).entries()) {
		const events = EVENTS.filter((_, plan) => (plan + index) % 3 !== 0);
		for (const [days, time, eventType, eventName, description] of events) {
			const day = new Date(nowMs + THAI_OFFSET_MS + days * DAY_MS).toISOString().slice(0, 10);
			customerEvents.createFromRequest({
				customerCode,
				eventDate: `${day}T${time}`,
				eventType,
				eventName,
				description,
			});
		}
	}
}
