import type { IDataObject } from 'n8n-workflow';
import { readColumn } from '../../nodes/GoFive/operation/records/records.ts';
import type { Field, OperationValues } from '../../nodes/GoFive/operation/field.ts';
import type { RequestOperation } from '../../nodes/GoFive/operation/operation.ts';
import { isFilled, isObject } from '../../nodes/GoFive/shared/json.ts';
import { isBlank } from '../../nodes/GoFive/shared/text.ts';
import { buildOperationRequest, findOperation, getExampleParameters } from '../supportModules.mts';
import { assertDecidable } from './liveClient.mts';
import type { Question } from './questions.mts';

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
function buildSmallestUpdate(
	{ fields, idField = '', entity, request }: RequestOperation,
	record: IDataObject,
	code: string,
) {
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

/** Formats names of keys. A key may be a value, for example a name, so only keys of letters are shown. */
const formatKeys = (keys: string[]): string =>
	keys.map((key) => (/^[a-z]+$/i.test(key) ? key : '(other key)')).join(', ') || 'none';

/**
 * Creates the question about an update of a record with only its required fields. The report shows the filled keys that
 * the update omits, and those of them that are still filled after it.
 * @param resource - Resource whose operations read and update the record
 * @param variable - Environment variable with the code of the record
 */
export const createUpdateQuestion = (resource: 'customer' | 'product', variable: string): Question => ({
	statement: `An update of a ${resource} keeps the fields that the request omits.`,
	async decide(live) {
		const code = live.options.variables[variable];
		assertDecidable(code, `Set ${variable} to the code of a record that may lose values.`);
		const { operation: readOperation } = findOperation(`${resource}.get`);
		const parameters = { ...getExampleParameters(readOperation), [readOperation.idField ?? '']: code };
		const readRecord = async (): Promise<IDataObject> => {
			const [record] = await live.read(readOperation, buildOperationRequest(readOperation, parameters));
			assertDecidable(record, 'The record was not found.');
			return record;
		};
		const before = await readRecord();
		const update = buildSmallestUpdate(findOperation(`${resource}.upsert`).operation, before, code);
		const sentText = JSON.stringify(update.body);
		const omittedKeys = Object.keys(before).filter((key) => isFilled(before[key]) && !sentText.includes(`"${key}":`));
		assertDecidable(omittedKeys.length > 0, 'The record has no other field with a value.');
		assertDecidable(await live.tryWrite(update), `GoFive rejected the update (${live.observed}).`);
		const after = await readRecord();
		const keptKeys = omittedKeys.filter((key) => isFilled(after[key]));
		live.observed = `Filled before: ${formatKeys(omittedKeys)}. Filled after: ${formatKeys(keptKeys)}.`;
		return keptKeys.length === omittedKeys.length;
	},
});
