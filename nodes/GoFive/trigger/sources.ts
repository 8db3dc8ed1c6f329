import { CUSTOMER_TYPES } from '../resources/customer/entity';
import { getAll as getAllCustomers } from '../resources/customer/getAll';
import { dealEntity } from '../resources/deal/entity';
import { getAll as getAllDeals } from '../resources/deal/getAll';
import { EXPENSE_TYPES } from '../resources/expense/entity';
import { getAll as getAllExpenses } from '../resources/expense/getAll';
import { productEntity } from '../resources/product/entity';
import { getAll as getAllProducts } from '../resources/product/getAll';
import { quotationEntity } from '../resources/quotation/entity';
import { getAll as getAllQuotations } from '../resources/quotation/getAll';
import { eventSource } from './eventSource';
import { createGetManySource } from './getManySource';
import type { TriggerSource } from './triggerSource';

/** Columns with the date of the last change of a deal and of a customer in the 2021 partner portal. */
const MODIFICATION_DATES = ['dateModified', 'dateCreated'];

/** Sources of the trigger in the order of Trigger On. */
export const sources: TriggerSource[] = [
	eventSource,
	createGetManySource({
		name: 'Customer',
		operation: getAllCustomers,
		defaultWatchedColumns: [
			'dateCreated',
			'customerName',
			'customerTypeName',
			'customerStateName',
			'leadStatusName',
			'customerPhone',
			'customerEmail',
			'customerTaxNo',
			'customerId',
		],
		typesField: 'customerStateIds',
		types: CUSTOMER_TYPES,
		status: {
			columns: ['customerStateName', 'leadStatusName'],
			name: 'state and lead status',
			changeDateColumns: MODIFICATION_DATES,
			openAdvice: "To watch only leads, select 'Lead' in 'Customer States'.",
		},
	}),
	createGetManySource({
		name: 'Deal',
		operation: getAllDeals,
		entity: dealEntity,
		omittedFilters: ['statusNames'],
		defaultWatchedColumns: [
			'dealNo',
			'expectedCloseDate',
			'dealName',
			'customerName',
			'dealStageName',
			'statusName',
			'dealValue',
			'customerCode',
		],
		status: {
			// GoFive documents the IDs, and not whether a list contains the names.
			columns: ['dealStageId', 'dealStageName', 'statusId', 'statusName'],
			name: 'stage and status',
			changeDateColumns: MODIFICATION_DATES,
			openAdvice:
				"To omit won and lost deals, add 'Deal Stage Names or IDs' in 'Filters', and select the stages of open deals.",
		},
	}),
	createGetManySource({
		name: 'Expense',
		operation: getAllExpenses,
		defaultWatchedColumns: [
			'expenseNo',
			'dateTransaction',
			'dateCreated',
			'subject',
			'remark',
			'totalBaht',
			'statusId',
			'detailCount',
			'createdByUserId',
		],
		typesField: 'expenseTypeIds',
		types: EXPENSE_TYPES,
		status: {
			columns: ['statusId'],
			name: 'status',
			changeDateColumns: ['dateUpdated', 'dateCreated'],
			openAdvice: "To omit completed expenses, add 'Status IDs' in 'Filters', and enter the IDs of open statuses.",
		},
	}),
	createGetManySource({
		name: 'Product',
		operation: getAllProducts,
		entity: productEntity,
		defaultWatchedColumns: [
			'productName',
			'category',
			'priceCount',
			'productBarcode',
			'productUnitName',
			'qty',
			'price',
			'cost',
			'active',
		],
	}),
	createGetManySource({
		name: 'Quotation',
		operation: getAllQuotations,
		entity: quotationEntity,
		defaultWatchedColumns: [
			'quotationSubject',
			'quotationDate',
			'quotationStatusName',
			'customerCode',
			'staffCode',
			'productCount',
			'subTotal',
			'subTotalWithDiscount',
			'recipientName',
		],
		omittedFilters: ['quotationNo'],
		status: {
			columns: ['quotationStatusName'],
			name: 'status',
			// No date of a change was seen. The quotation date is older than the status.
			changeDateColumns: [],
			openAdvice: "To watch only quotations with some statuses, for example 'Sent', add 'Status' in 'Filters'.",
		},
	}),
];
