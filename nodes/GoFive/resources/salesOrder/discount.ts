import { Failure, NOTHING_SENT } from '../../api/words/failure';
import { isBlank } from '../../operation/text';

interface Discount {
	discountType?: boolean | null;
	discountValue?: number | null;
}

/** GoFive needs the type of a discount with its value (C# sample, of the whole order). @param index of the line that it is on @throws Failure */
export function assertTypeOfDiscount({ discountType, discountValue }: Discount, index?: number): void {
	if (isBlank(discountValue) || !isBlank(discountType)) return;
	const where = index === undefined ? '' : `Line ${index + 1}: `;
	throw new Failure({
		message: `${where}'Discount' needs a 'Discount Type'`,
		description: `Choose whether the discount is percent or an amount in baht. ${NOTHING_SENT}`,
	});
}
