import { text } from '../../operation';

/** The number of a quotation; it stands in the path. */
export const quotationNo = (description: string) =>
	text('Quotation No', description, { required: true, bodyKey: null, example: 'Q01230000002' });
