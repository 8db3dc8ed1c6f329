import { text } from '../../operation/fields/simple';

/** The number of a quotation; it stands in the path. */
export const quotationNo = (description: string) =>
	text('Quotation No', { required: true, wire: null, placeholder: 'e.g. Q01230000002', description });
