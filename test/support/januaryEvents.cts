import type { RecordLists } from '../../sandbox/recordLists.mts';

/** Events at the limits of January 2025, two of them in the same second. */
const JANUARY_EVENTS: ReadonlyArray<readonly [date: string, type: number, name: string, description: string]> = [
	['2024-12-31T23:59:59', 5, 'Last second before the range', ''],
	['2025-01-01T00:00:00', 5, 'สวัสดีปีใหม่', 'ส่งกระเช้าปีใหม่'],
	['2025-01-15T09:30:00', 2, 'Call about the quotation', 'Asked for 5% off, "if possible"'],
	['2025-01-29T15:38:43', 1, 'Kick-off meeting', 'Example description 1'],
	['2025-01-29T15:38:43', 1, 'Kick-off meeting, part 2', 'In the same second as the previous event'],
	['2025-01-31T23:59:59', 6, 'Renewal due', 'Last second of the range'],
	['2025-02-01T00:00:00', 4, 'First second after the range', ''],
];

/** Replaces the events of the customer C000055 by events at the limits of January 2025. */
export function loadJanuaryEvents({ customerEvents }: RecordLists): void {
	const customerCode = 'C000055';
	for (const event of customerEvents.find({ customerCode })) customerEvents.remove(event);
	for (const [eventDate, eventType, eventName, description] of JANUARY_EVENTS)
		customerEvents.createFromRequest({ customerCode, eventDate, eventType, eventName, description });
}
