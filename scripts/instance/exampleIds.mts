/** Id of the example of the main use case, which opens first and is listed first. An id is the name of the file. */
export const MAIN_EXAMPLE_ID = 'events-of-last-month-to-excel';

/** Ids of the examples by purpose, in the order of the documents. `npm start` shows the purposes as tags. */
export const EXAMPLE_IDS: Record<'Reports' | 'Alerts' | 'Sync' | 'AI', string[]> = {
	Reports: [
		MAIN_EXAMPLE_ID,
		'visits-per-salesperson-by-email',
		'expenses-of-last-month-by-email',
		'deal-pipeline-history',
		'deal-forecast-by-email',
		'won-deals-of-last-quarter-by-email',
		'events-of-last-month-to-sheet',
		'quotations-per-salesperson-to-sheet',
		'customers-by-days-since-event',
		'sales-dashboard',
		'price-list-from-a-link',
	],
	Alerts: [
		'events-of-yesterday-to-line',
		'new-complaint-to-slack',
		'deal-stage-to-slack',
		'deals-not-moved-by-email',
		'low-stock-by-email',
		'welcome-email-to-new-customer',
		'quotation-approval-by-email',
		'report-fails-or-does-not-run',
	],
	Sync: [
		'customers-to-data-table',
		'sales-order-to-table-and-telegram',
		'leads-from-excel',
		'prices-from-excel',
		'stock-of-sheet-to-venio',
		'web-form-to-case',
	],
	AI: ['ask-venio-in-a-chat', 'venio-for-ai-apps'],
};
