import { DateTime } from 'luxon';
import type { RecordList, SandboxRecord } from './recordLists.mts';

const roundToSatang = (amount: number): number => Math.round(amount * 100) / 100;

/** Subtracts the discount of a row or of a document, which is a percentage or an amount in baht. */
function subtractDiscount(amount: number, { discountType, discountValue }: SandboxRecord): number {
	const value = Number(discountValue ?? 0);
	return roundToSatang(discountType === true ? amount * (1 - value / 100) : amount - value);
}

const getTotal = (row: SandboxRecord): number => subtractDiscount(Number(row['qty']) * Number(row['price']), row);

/** Completes a row with the values of its product. */
function completeRow(row: SandboxRecord, products: RecordList): SandboxRecord {
	const product = products.findBy('productCode', row['productCode']);
	return {
		productDescription: '',
		discountType: false,
		discountValue: 0,
		vatTaxValue: null,
		...row,
		qty: row['qty'] ?? 1,
		productName: row['productName'] ?? product?.['productName'] ?? null,
		price: row['price'] ?? product?.['price'] ?? 0,
		productUnitName: row['productUnitName'] ?? product?.['productUnitName'] ?? null,
	};
}

const completeRows = (rows: unknown, products: RecordList): SandboxRecord[] =>
	((rows ?? []) as SandboxRecord[]).map((row) => completeRow(row, products));

function getTotals(document: SandboxRecord, rows: SandboxRecord[]) {
	const subTotal = roundToSatang(rows.reduce((sum, row) => sum + getTotal(row), 0));
	return { subTotal, subTotalWithDiscount: subtractDiscount(subTotal, document) };
}

/** Returns the rows and totals of a quotation. */
export function completeQuotation(quotation: SandboxRecord, products: RecordList): SandboxRecord {
	const rows = completeRows(quotation['quotationDetails'], products);
	const quotationDetails = rows.map((row) => ({ whTaxValue: null, ...row }));
	return { quotationDetails, ...getTotals(quotation, rows) };
}

/** Returns the VAT of the rows, which their prices include or exclude. */
function getTotalVat(rows: SandboxRecord[], discountFactor: number, isVatExcluded: boolean): number {
	const vats = rows.map((row) => {
		const vatRate = Number(row['vatTaxValue'] ?? 0);
		return (getTotal(row) * discountFactor * vatRate) / (isVatExcluded ? 100 : 100 + vatRate);
	});
	return roundToSatang(vats.reduce((sum, vat) => sum + vat, 0));
}

/** Returns the payment of a sales order, in which the sent installments replace those with the same number. */
function completePayment({ payment, schedulePayments }: SandboxRecord): SandboxRecord {
	if (!Array.isArray(schedulePayments)) return {};
	const { schedulePayments: existing, ...rest } = (payment ?? {}) as { schedulePayments?: SandboxRecord[] };
	const installments = new Map(
		[...(existing ?? []), ...(schedulePayments as SandboxRecord[])].map((row) => [row['installmentNumber'], row]),
	);
	return { payment: { ...rest, schedulePayments: [...installments.values()] }, schedulePayments: undefined };
}

/** Returns the date, rows, totals and payment of a sales order. */
export function completeSalesOrder(salesOrder: SandboxRecord, products: RecordList): SandboxRecord {
	const rows = completeRows(salesOrder['salesorderDetails'], products);
	const totals = getTotals(salesOrder, rows);
	const discountFactor = totals.subTotal === 0 ? 0 : totals.subTotalWithDiscount / totals.subTotal;
	const isVatExcluded = salesOrder['vatCalculation'] === true;
	const totalVat = getTotalVat(rows, discountFactor, isVatExcluded);
	return {
		salesOrderDate: String(salesOrder['salesOrderDate']).replace(/^(\d{4}-\d{2}-\d{2})$/, '$1T00:00:00+0700'),
		salesorderDetails: rows.map((row) => ({ whtTaxValue: null, ...row, totalPrice: getTotal(row) })),
		...totals,
		totalVat,
		grandTotal: roundToSatang(totals.subTotalWithDiscount + (isVatExcluded ? totalVat : 0)),
		recipient: { name: salesOrder['recipientName'], address: salesOrder['recipientAddress'] },
		...completePayment(salesOrder),
	};
}

/** Returns the values of a sales order that is created from a quotation. */
export function toSalesOrder(quotation: SandboxRecord): SandboxRecord {
	const { quotationNo, quotationSubject, quotationNote, quotationDetails } = quotation;
	const { customerCode, staffCode, vatCalculation, headerTemplateId, paymentTerm, currencyCode, remark } = quotation;
	const { recipientName, recipientAddress, discountName, discountType, discountValue } = quotation;
	const rows = (quotationDetails ?? []) as SandboxRecord[];
	return {
		referenceNo: quotationNo,
		salesOrderSubject: quotationSubject,
		salesOrderDate: DateTime.now().setZone('Asia/Bangkok').toFormat('yyyy-MM-dd'),
		salesOrderNote: quotationNote,
		salesorderDetails: rows.map(({ whTaxValue, ...row }) => ({ ...row, whtTaxValue: whTaxValue })),
		...{ customerCode, staffCode, vatCalculation, headerTemplateId, paymentTerm, currencyCode, remark },
		...{ recipientName, recipientAddress, discountName, discountType, discountValue },
	};
}
