import { rejectInput } from '../api/errors';

/** Values of a discount, on a document or in a row of it. */
interface Discount {
	discountType?: boolean;
	discountValue?: number;
}

/** @throws GoFiveError for a discount whose type is unknown, or a type without a discount */
function assertDiscount({ discountType, discountValue }: Discount, prefix = ''): void {
	if (discountValue !== undefined && discountType === undefined)
		rejectInput(
			`${prefix}'Discount' requires 'Discount Type'`,
			'Select whether the discount is a percentage or an amount in baht.',
		);
	if (discountType !== undefined && discountValue === undefined)
		rejectInput(`${prefix}'Discount Type' requires 'Discount'`, "Enter the discount, or leave 'Discount Type' empty.");
}

/**
 * Checks the discounts of a quotation or a sales order, and of its rows.
 * @throws GoFiveError for a discount without its type, or a type without its discount
 */
export function assertDiscounts(documentDiscount: Discount, rowDiscounts: Discount[]): void {
	assertDiscount(documentDiscount);
	for (const [index, rowDiscount] of rowDiscounts.entries()) assertDiscount(rowDiscount, `Row ${index + 1}: `);
}
