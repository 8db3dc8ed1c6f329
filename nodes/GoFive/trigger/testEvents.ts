import { GoFiveError } from '../api/errors/goFiveError';
import { getEventId } from './seenEvents';
import { isPermanent, unreadableCustomersError } from './unreadableCustomers';
import { readCustomers, type FoundEvent, type PollSettings } from './pollCustomers';
import { getEventWindow } from './eventWindow';

const MAX_TEST_EVENTS = 10;

/**
 * The newest events, for a user who tests the trigger.
 * @param reasonOf what to tell of a customer who was not read
 * @throws GoFiveError when there is nothing to show, and for whatever would stop publishing until somebody corrects it
 */
export async function fetchTestEvents(
	settings: PollSettings,
	reasonOf: (error?: GoFiveError) => GoFiveError,
): Promise<FoundEvent[]> {
	const { options, now, eventTypeIds } = settings;
	const errors = new Map<string, GoFiveError>();
	const events: FoundEvent[] = [];
	const results = await readCustomers(settings, getEventWindow(options, now, options.timeZone));
	for (const [code, result] of results) {
		if (result instanceof GoFiveError) errors.set(code, reasonOf(result));
		else events.push(...result.map((record) => ({ code, record })));
	}
	const [firstError = reasonOf()] = errors.values();
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
		message: 'There is no event to show as a sample',
		description: `The customers have no events of these types from ${options.lookBack} days ago to ${options.lookAhead} days ahead. The trigger works all the same: it starts the workflow when there is a new one.`,
	});
}
