import {
	commaSeparated,
	dateRange,
	defineList,
	filterByDate,
	filterByName,
	joinFilters,
	limit,
	loadedMultiOptions,
	output,
	readId,
	text,
} from '../../operation';
import type { ListSource, ReadOperation } from '../../operation';
import { filters } from '../sharedFields';
import { readDealEntity } from './entity';

/** List of the stages that deals have. No endpoint for the stages themselves was seen. */
export const dealStageList: ListSource<number> = {
	method: 'getDealStages',
	pluralName: 'deal stages',
	// A getter, because the operation has a filter with this list.
	get operation() {
		return getAll;
	},
	valueColumn: 'dealStageId',
	nameColumn: 'dealStageName',
	codeColumn: 'dealStageId',
	read: (input, displayName) => readId(input, displayName, 'Enter the ID of a deal stage, a whole number.'),
};

/** Display name of the filter by status, which GoFive does not have. */
const STATUS_NAMES = 'Status Names';

const DATE_HINT = 'The range uses the expected close date, not the day on which the deal was won.';

/**
 * Retrieves deals: `POST /v1/Deals/Enquiry`.
 * GoFive's documentation lists only the operation's name. Path and keys are taken from the 2021 partner portal.
 */
export const getAll: ReadOperation = defineList({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many deals',
	description: 'Retrieve a list of deals',
	evidence: 'legacy',
	fields: {
		dateRange: dateRange({
			pluralName: 'deals',
			dateName: 'expected close date',
			hint: DATE_HINT,
			isFilteredByNode: true,
		}),
		limit: limit(),
		filters: filters({
			dealStageIds: loadedMultiOptions('Deal Stage', 'Only deals in one of these stages', dealStageList),
			searchText: text('Search Text', 'Only deals that match this text', { bodyKey: 'keyword' }),
			statusNames: {
				...commaSeparated(
					STATUS_NAMES,
					'Only deals with one of these statuses. Enter comma-separated names, as in the field statusName of the output.',
					{ example: 'Open', bodyKey: null },
				),
				isOutputOnly: true,
			},
		}),
		output: output(readDealEntity),
	},
	notFoundDescription:
		"Check the dates, the search text, the stages and the statuses, or select another value in the option 'If Nothing Found'.",
	filter: ({ dateRange, filters: { statusNames } }) =>
		joinFilters(
			// First, so that its hint lists the names of deals of all dates.
			filterByName(statusNames, readDealEntity, 'statusName', STATUS_NAMES),
			filterByDate(dateRange, readDealEntity, 'expectedCloseDate'),
		),
	pages: { takeKey: 'pageLength', skipKey: 'skip' },
	request: (_values, body) => ({ method: 'POST', path: '/v1/Deals/Enquiry', body }),
});
