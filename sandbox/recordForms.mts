/**
 * Forms of records that differ from the contract, because the responses of GoFive are not known.
 * Imported by the sandbox, and by the scripts that start it. Start reading at `toRecordForm`.
 */
import type { RecordListName, SandboxRecord } from './recordLists.mts';
import { CUSTOMER_STATES } from './seed/seedCustomers.mts';

type NamedForm = 'noState' | 'stateAsType' | 'noIds';

/** A form of customers, or another name of a key of all records: `KEY=NAME`. Without the name, the key is omitted. */
export type RecordForm = NamedForm | `${string}=${string}`;

const omitKeys = (record: SandboxRecord, keys: string[]): SandboxRecord =>
	Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

/** Forms of customers by name. */
const CUSTOMER_FORMS: Record<NamedForm, (record: SandboxRecord) => SandboxRecord> = {
	noState: (record) => omitKeys(record, ['customerState']),
	// As in the partner portal of 2021.
	stateAsType(record) {
		const state = Object.values(CUSTOMER_STATES).find(({ customerState }) => customerState === record['customerState']);
		return { ...omitKeys(record, ['customerState']), customerType: state?.customerType ?? null };
	},
	noIds: (record) => omitKeys(record, ['customerId', 'customerCode']),
};

/** Whether a text is a form. */
export const isRecordForm = (text: string): text is RecordForm =>
	Object.hasOwn(CUSTOMER_FORMS, text) || /^\w+=\w*$/u.test(text);

/** Returns a record in a form. The record itself stays the same. */
export function toRecordForm(record: SandboxRecord, list: RecordListName, form: RecordForm | null): SandboxRecord {
	if (form === null) return record;
	const [key = '', name] = form.split('=');
	if (name === undefined) return list === 'customers' ? CUSTOMER_FORMS[form as NamedForm](record) : record;
	const others = omitKeys(record, [key]);
	return key in record && name !== '' ? { ...others, [name]: record[key] } : others;
}
