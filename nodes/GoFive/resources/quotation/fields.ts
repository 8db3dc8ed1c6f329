import { text } from '../../operation';

/** Creates the field for the number of a quotation, which is part of the path. */
export const quotationNo = (description: string) =>
	text('Quotation Number', description, { required: true, bodyKey: null, example: 'Q01230000002' });
