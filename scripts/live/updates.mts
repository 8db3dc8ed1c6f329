import type { IDataObject } from 'n8n-workflow';
import { readColumn } from '../../nodes/GoFive/operation/records.ts';
import type { Field, Operation, OperationValues } from '../../nodes/GoFive/operation/types.ts';
import { isFilled, isObject } from '../../nodes/GoFive/shared/json.ts';
import { isBlank } from '../../nodes/GoFive/shared/text.ts';
import { findOperation } from '../supportModules.mts';
import { formatSafeKey } from './keys.mts';
import { assertAccepted, assertDecidable, type LiveSession } from './liveSession.mts';

/** Record whose update is tried: the operations that read and write it, and the variable with its code. */
export interface UpdatedRecord {
	readName: string;
	writeName: string;
	variable: string;
}

/** Names of the filled keys that an update omitted, and of the keys among them that are still filled after it. */
interface UpdateResult {
	omittedKeys: string[];
	keptKeys: string[];
}

const isRequired = ([name, field]: [string, Field]): boolean =>
	field.properties(name).some((property) => property.name === name && property.required);

/** Limits the rows of a record to the keys that a request can have. */
function toSentValue(value: unknown, { nestedFields }: Field): unknown {
	if (!nestedFields || !Array.isArray(value)) return value;
	const keys = Object.entries(nestedFields).map(([name, { bodyKey }]) => bodyKey ?? name);
	return value
		.filter(isObject)
		.map((row) => Object.fromEntries(keys.filter((key) => !isBlank(row[key])).map((key) => [key, row[key]])));
}

/**
 * Builds an update with only the required fields of a record, as they are.
 * @throws NotDecidable if the record lacks one of them
 */
function buildSmallestUpdate({ fields, idField = '', entity, request }: Operation, record: IDataObject, code: string) {
	const body: IDataObject = { [idField]: code };
	const missingNames: string[] = [];
	for (const [name, field] of Object.entries(fields).filter(isRequired)) {
		const value = readColumn(record, entity?.columns[name] ? name : (field.bodyKey ?? name), entity);
		if (isBlank(value)) missingNames.push(name);
		body[field.bodyKey ?? name] = toSentValue(value, field) as IDataObject;
	}
	assertDecidable(
		missingNames.length === 0,
		`The response lacks values that an update requires: ${missingNames.join(', ')}.`,
	);
	return request({ additionalFields: {} } as unknown as OperationValues, body);
}

/**
 * Updates a record with only its required fields, and reads it before and after.
 * @throws NotDecidable if no record was named, or if it has no other field with a value
 */
export async function readUpdatedRecord(live: LiveSession, names: UpdatedRecord): Promise<UpdateResult> {
	const code = live.options.variables[names.variable];
	assertDecidable(code, `Set ${names.variable} to the code of a record that may lose values.`);
	const { operation: read } = findOperation(names.readName);
	const path = read.request({} as OperationValues, {}).path.replace(/\{\w+\}/, encodeURIComponent(code));
	const readRecord = async () => assertAccepted(await live.send({ method: 'GET', path })).records[0];
	const before = await readRecord();
	assertDecidable(before, 'The record was not found.');
	const request = buildSmallestUpdate(findOperation(names.writeName).operation, before as IDataObject, code);
	const sentText = JSON.stringify(request.body);
	const omittedKeys = Object.keys(before).filter((key) => isFilled(before[key]) && !sentText.includes(`"${key}":`));
	assertDecidable(omittedKeys.length > 0, 'The record has no other field with a value.');
	assertAccepted(await live.send(request));
	const after = await readRecord();
	assertDecidable(after, 'The record was not found after the update.');
	const toNames = (keys: string[]) => keys.map((key) => formatSafeKey(key));
	const keptKeys = omittedKeys.filter((key) => isFilled(after[key]));
	return { omittedKeys: toNames(omittedKeys), keptKeys: toNames(keptKeys) };
}
