import { CUSTOMER_TYPES } from '../resources/customer/entity';
import { getAll as getAllCustomers } from '../resources/customer/getAll';
import { getAll as getAllDeals } from '../resources/deal/getAll';
import { EXPENSE_TYPES } from '../resources/expense/entity';
import { getAll as getAllExpenses } from '../resources/expense/getAll';
import { getAll as getAllProducts } from '../resources/product/getAll';
import { getAll as getAllQuotations } from '../resources/quotation/getAll';
import { eventSource } from './eventSource';
import { createGetManySource } from './getManySource';
import type { TriggerSource } from './source';

/** Sources of the trigger in the order of Trigger On. */
export const sources: TriggerSource[] = [
	eventSource,
	createGetManySource({
		name: 'Customer',
		operation: getAllCustomers,
		typesField: 'customerTypes',
		types: CUSTOMER_TYPES,
	}),
	createGetManySource({ name: 'Deal', operation: getAllDeals }),
	createGetManySource({
		name: 'Expense',
		operation: getAllExpenses,
		omittedFilters: ['dateStart', 'dateEnd'],
		startFilter: 'dateStart',
		typesField: 'expenseTypeIds',
		types: EXPENSE_TYPES,
	}),
	createGetManySource({ name: 'Product', operation: getAllProducts }),
	createGetManySource({
		name: 'Quotation',
		operation: getAllQuotations,
		omittedFilters: ['quotationNo', 'quotationDate'],
	}),
];
