import { GoFiveError } from '../api/errors/goFiveError';
import type { Client } from '../api/transport/client';
import type { ChangedRecord } from './pollParts';
import type { PollSettings } from './pollSettings';
import { readParts } from './readParts';
import { isPermanent, unreadablePartsError } from './unreadableParts';
import { getRecordId } from './watchedRecord';

/** Maximum number of records that Fetch Test Event returns, enough to build a workflow with. */
const MAX_TEST_RECORDS = 10;

/**
 * Fetches records for a manual test of the trigger. The records with the highest IDs come first.
 * @param toReason - Returns the error to show for a part that was not read.
 * @throws GoFiveError if there is no record to show, or if an error would prevent publishing until the user corrects it
 */
export async function fetchTestRecords(
	settings: PollSettings,
	client: Client,
	toReason: (error?: GoFiveError) => GoFiveError,
): Promise<ChangedRecord[]> {
	const { source, values, partKeys, selected } = settings;
	const { pluralName } = source.entity;
	const { lookBack, lookAhead } = values.options;
	const errors = new Map<string, GoFiveError>();
	const records: ChangedRecord[] = [];
	// One page of ten records, because the reader requests one more than the limit.
	const results = await readParts(settings, client, partKeys, MAX_TEST_RECORDS - 1);
	for (const [partKey, result] of results) {
		if (result instanceof GoFiveError) errors.set(partKey, toReason(result));
		else records.push(...result.map((record) => ({ partKey, record, change: 'new' as const })));
	}
	const [firstError = toReason()] = errors.values();
	if (errors.size === results.size && firstError.cause) throw firstError;
	const permanentErrors = new Map([...errors].filter(([, error]) => isPermanent(error)));
	if (permanentErrors.size > 0) throw unreadablePartsError(source, permanentErrors);
	const matching = records.filter(({ record }) => source.selection?.includes(record, selected) ?? true);
	if (matching.length === 0 && errors.size > 0) throw unreadablePartsError(source, errors);
	if (matching.length === 0) {
		const days = source.toDateValues ? ` from ${lookBack} days ago to ${lookAhead} days ahead` : '';
		throw new GoFiveError({
			message: `No ${pluralName} available as test data`,
			description: `GoFive has no matching ${pluralName}${days}. The trigger works anyway and starts the workflow when there is a new record.`,
		});
	}
	const getRank = ({ record }: ChangedRecord) => Number(getRecordId(record, source.idKeys));
	return matching.sort((a, b) => getRank(b) - getRank(a) || 0).slice(0, MAX_TEST_RECORDS);
}
