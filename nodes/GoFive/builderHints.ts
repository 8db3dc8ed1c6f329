/**
 * Hints for n8n's AI workflow builder. They are spread into the descriptions, because n8n-workflow 1 has no type for them,
 * and n8n 1 ignores them.
 */

/** Hint of the action node. */
export const nodeBuilderHint = {
	builderHint: {
		searchHint:
			"Venio is GoFive's CRM: customers, customer events (meetings, calls, visits), deals, quotations, sales orders, products and stock. For the events of all customers, or the customers without events, use Customer Event > Get Many, which sends one request per customer. GoFive's documentation shows no salesperson in an event, so a report per salesperson counts the events of the customers that the salesperson owns. For numbers per salesperson, customer, stage or month, use Get Totals. All except weeks, months and quarters can be compared with the previous period. For one customer, use Customer Event > Get by Customer Code, which runs once for each input item. Customer > Get Many reads all customers, or those in some states, and may return their owners with Output > Selected Fields. For the quotations or deals of a period, use Date Range of Get Many. Account > Check Access shows which operations work with the account, without trying operations that change data.",
		relatedNodes: [
			{ nodeType: 'n8n-nodes-base.googleSheets', relationHint: 'List of customer codes to read, or report to write' },
			{ nodeType: 'n8n-nodes-base.slack', relationHint: 'Message about the records' },
			{ nodeType: 'n8n-nodes-base.scheduleTrigger', relationHint: 'Time of a report, for example every Monday' },
			{ nodeType: 'n8n-nodes-base.emailSend', relationHint: 'Report by email' },
			{ nodeType: 'n8n-nodes-base.convertToFile', relationHint: 'Excel file of the records' },
		],
	},
};

/** Hint of the trigger. */
export const triggerBuilderHint = {
	builderHint: {
		searchHint:
			"Venio is GoFive's CRM. This trigger starts the workflow for new or changed customer events, customers, deals, expenses, products or quotations, or for customers, deals, expenses or quotations that stay unchanged for days, for example stalled deals. For customer events, enter the customer codes to watch, or select All Customers. Each poll for customer events sends one request per customer. Select an interval of at least 5 minutes in 'Poll Times', and at least 15 minutes for customers, expenses, products and long lists.",
		relatedNodes: [
			{ nodeType: 'n8n-nodes-base.googleSheets', relationHint: 'Sheet to which the new records are added' },
			{ nodeType: 'n8n-nodes-base.slack', relationHint: 'Message about each new or changed record' },
			{ nodeType: 'n8n-nodes-base.summarize', relationHint: 'Number or total of the new records' },
		],
	},
};
