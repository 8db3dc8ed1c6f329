import { Failure } from '../api/words/failure';
import { idOf } from './seen';
import { isLasting, unread } from './unread';
import { readAll, type Found, type Watch } from './watch';
import { windowOf } from './window';

const SIZE = 10;

/**
 * The newest events, for a user who tests the trigger.
 * @param reasonOf what to tell of a customer who was not read
 * @throws Failure when there is nothing to show, and for whatever would stop publishing until somebody corrects it
 */
export async function sample(watch: Watch, reasonOf: (failure?: Failure) => Failure): Promise<Found[]> {
	const { options, now, types } = watch;
	const failed = new Map<string, Failure>();
	const found: Found[] = [];
	const results = await readAll(watch, windowOf(options, now, options.timeZone));
	for (const [code, result] of results) {
		if (result instanceof Failure) failed.set(code, reasonOf(result));
		else found.push(...result.map((record) => ({ code, record })));
	}
	const [first = reasonOf()] = failed.values();
	if (failed.size === results.size && first.cause) throw first;
	const lasting = new Map([...failed].filter(([, failure]) => isLasting(failure)));
	if (lasting.size > 0) throw unread(lasting);
	const wanted = found.filter(({ record }) => watch.isWanted(record, types));
	if (wanted.length > 0) {
		return wanted.sort((a, b) => Number(idOf(b.record)) - Number(idOf(a.record))).slice(0, SIZE);
	}
	if (failed.size > 0) throw unread(failed, { more: 'The other customers have no events to show.' });
	throw new Failure({
		message: 'There is no event to show as a sample',
		description: `The customers have no events of these types from ${options.lookBack} days ago to ${options.lookAhead} days ahead. The trigger works all the same: it starts the workflow when there is a new one.`,
	});
}
