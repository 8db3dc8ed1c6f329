import type { RecordLists } from './recordLists.mts';

/** Builds codes of customers: the prefix, and a number of four digits. */
export const buildCodes = (count: number, prefix = 'BULK'): string[] =>
	Array.from({ length: count }, (_, index) => prefix + String(index + 1).padStart(4, '0'));

/**
 * Adds the customers that do not exist, and events of all of them: one every five minutes, from 1 January 2025.
 * @returns the codes
 */
export function addCustomers(
	{ customers, customerEvents }: RecordLists,
	codes: string[],
	eventsPerCustomer = 0,
): string[] {
	const existingCodes = new Set(customers.records.map(({ customerCode }) => customerCode));
	for (const customerCode of codes.filter((code) => !existingCodes.has(code)))
		customers.create({ customerCode, customerName: `Customer ${customerCode}` });
	for (const customerCode of codes) {
		for (let index = 0; index < eventsPerCustomer; index++) {
			const eventDate = new Date(Date.UTC(2025, 0, 1, 0, index * 5)).toISOString().slice(0, 19);
			const eventName = `Event ${index + 1} / กิจกรรมที่ ${index + 1}`;
			customerEvents.createFromRequest({
				customerCode,
				eventName,
				eventType: (index % 6) + 1,
				eventDate,
				description: 'Seeded',
			});
		}
	}
	return codes;
}
