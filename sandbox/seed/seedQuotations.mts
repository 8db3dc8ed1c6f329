import { buildOncePerDay, pickByIndex, toWorkday } from './seedCalendar.mts';
import { NEW_CUSTOMER_CODE, SEED_CUSTOMERS } from './seedCustomers.mts';

/** Number of quotations, one for every second day. */
const QUOTATION_COUNT = 45;
const DAYS_BETWEEN = 2;

/** What a quotation offers. The discount is in percent. */
interface Offer {
	subject: string;
	/** Quantities by product code. */
	products: Record<string, number>;
	discount?: number;
}

const OFFERS: readonly Offer[] = [
	{ subject: 'ชุดเครื่องชงกาแฟสำหรับสาขาใหม่', products: { B001: 1, B003: 1, S001: 1 }, discount: 5 },
	{ subject: 'POS system for three shops', products: { C001: 3, C002: 3, C004: 3, S003: 3 }, discount: 10 },
	{ subject: 'เมล็ดกาแฟประจำเดือน', products: { A002: 20, A003: 10 } },
	{ subject: 'Maintenance contract, one year', products: { S002: 1 } },
	{ subject: 'Coffee bar for the lobby', products: { B002: 1, B003: 1, B005: 1, S001: 1 } },
	{ subject: 'อุปกรณ์หน้าร้าน', products: { C002: 2, C003: 2, C005: 4 } },
	{ subject: 'Roasting equipment', products: { B004: 1, S001: 1 }, discount: 3 },
	{ subject: 'วัตถุดิบเครื่องดื่ม', products: { A001: 40, A004: 24, A005: 12 }, discount: 5 },
	{ subject: 'Cake display and blenders', products: { B007: 1, B006: 2 } },
	{ subject: 'ต่ออายุระบบ POS และบำรุงรักษา', products: { S003: 2, S002: 1 } },
];

/** Statuses of quotations that are older than three weeks: completed, rejected, sent and cancelled. */
const OLD_STATUSES = [5, 5, 6, 5, 4, 5, 7];

/** Returns the status of a quotation: a draft, awaiting approval, sent, or one of the old ones. */
function pickStatus(ageInDays: number, index: number): number {
	if (ageInDays < 4) return 1;
	if (ageInDays < 8) return 2;
	return ageInDays < 21 ? 4 : pickByIndex(OLD_STATUSES, index);
}

/** Quotations go to customers and prospects. */
const QUOTED_CUSTOMERS = SEED_CUSTOMERS.filter(
	({ state, customerCode }) => state !== 'lead' && customerCode !== NEW_CUSTOMER_CODE,
);

/** Builds the quotations of the last three months, the newest first. */
export const buildSeedQuotations = buildOncePerDay((today) =>
	Array.from({ length: QUOTATION_COUNT }, (_, index) => {
		const ageInDays = index * DAYS_BETWEEN;
		const date = toWorkday(today.minus({ days: ageInDays }));
		const { customerCode, contact, city, salesperson } = pickByIndex(QUOTED_CUSTOMERS, index * 5);
		const { subject, products, discount = 0 } = pickByIndex(OFFERS, index * 3);
		return {
			quotationNo: `QT${date.toFormat('yyMM')}${String(QUOTATION_COUNT - index).padStart(4, '0')}`,
			quotationSubject: subject,
			quotationDate: date.toFormat('yyyy-MM-dd'),
			quotationStatus: pickStatus(ageInDays, index),
			customerCode,
			staffCode: salesperson.staffCode,
			quotationNote: null,
			recipientName: contact,
			recipientAddress: city,
			discountName: discount > 0 ? 'ส่วนลดลูกค้าประจำ' : '',
			discountType: true,
			discountValue: discount,
			vatCalculation: true,
			quotationDetails: Object.entries(products).map(([productCode, qty]) => ({ productCode, qty, vatTaxValue: 7 })),
		};
	}),
);
