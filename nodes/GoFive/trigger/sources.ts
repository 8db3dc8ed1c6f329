import { getAll as getAllDeals } from '../resources/deal/getAll';
import { getAll as getAllQuotations } from '../resources/quotation/getAll';
import { eventSource } from './eventSource';
import { createGetManySource } from './getManySource';
import type { Source } from './source';

/** Sources of the trigger in the order of Trigger On. */
export const sources: Source[] = [
	eventSource,
	createGetManySource({ name: 'Deal', operation: getAllDeals, idKeys: ['dealsId', 'dealNo'] }),
	createGetManySource({
		name: 'Quotation',
		operation: getAllQuotations,
		// No response with an ID was seen. A draft gets another number once it is approved.
		idKeys: ['quotationId', 'quotationNo'],
		omittedFilters: ['quotationNo', 'quotationDate'],
	}),
];
