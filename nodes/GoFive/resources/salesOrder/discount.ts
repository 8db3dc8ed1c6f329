import { Failure, NOTHING_SENT } from '../../api/words/failure';
import { isBlank } from '../../operation/text';

interface Discount {
	discountType?: boolean | null;
	discountValue?: number | null;
}

/** GoFive needs the type of a discount with its value (C# sample). @throws Failure */
export function assertTypeOfDiscount({ discountType, discountValue }: Discount): void {
	if (isBlank(discountValue) || !isBlank(discountType)) return;
	throw new Failure({
		message: "'Discount' needs a 'Discount Type'",
		description: `Choose whether the discount is percent or an amount in baht. ${NOTHING_SENT}`,
	});
}
