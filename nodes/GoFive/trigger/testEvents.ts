import { GoFiveError } from '../api/errors/goFiveError';
import { getEventId } from './seenEvents';
import { isPermanent, unreadableCustomersError } from './unreadableCustomers';
import { getEventWindow } from './eventWindow';
import { readCustomers, type CustomerEvent } from './pollCustomers';
import type { PollSettings } from './pollSettings';

/** Maximum number of events that Fetch Test Event returns, enough to build a workflow with. */
const MAX_TEST_EVENTS = 10;

/**
 * Fetches the newest events for a manual test of the trigger.
 * @param toReason - Returns the error to show for a customer that was not read.
 * @throws GoFiveError if there is no event to show, or if an error would prevent publishing until the user corrects it
 */
export async function fetchTestEvents(
	settings: PollSettings,
	toReason: (error?: GoFiveError) => GoFiveError,
): Promise<CustomerEvent[]> {
	const { options, now, eventTypeIds } = settings;
	const errors = new Map<string, GoFiveError>();
	const events: CustomerEvent[] = [];
	const results = await readCustomers(settings, getEventWindow(options, now, options.timeZone));
	for (const [code, result] of results) {
		if (result instanceof GoFiveError) errors.set(code, toReason(result));
		else events.push(...result.map((record) => ({ code, record })));
	}
	const [firstError = toReason()] = errors.values();
	if (errors.size === results.size && firstError.cause) throw firstError;
	const permanentErrors = new Map([...errors].filter(([, error]) => isPermanent(error)));
	if (permanentErrors.size > 0) throw unreadableCustomersError(permanentErrors);
	const matching = events.filter(({ record }) => settings.matchesTypes(record, eventTypeIds));
	if (matching.length > 0) {
		return matching
			.sort((a, b) => Number(getEventId(b.record)) - Number(getEventId(a.record)))
			.slice(0, MAX_TEST_EVENTS);
	}
	if (errors.size > 0) throw unreadableCustomersError(errors, { note: 'The other customers have no events to show.' });
	throw new GoFiveError({
		message: 'No events available as test data',
		description: `The customers have no events of these types from ${options.lookBack} days ago to ${options.lookAhead} days ahead. The trigger works anyway and starts the workflow when there is a new event.`,
	});
}
