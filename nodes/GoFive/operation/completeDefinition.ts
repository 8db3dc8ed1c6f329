import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest, Effect } from '../api/request';
import type { Field, Fields, NodeOptionName, OperationValues } from './field';
import type { OperationBase, RequestOperation } from './operation';
import { describeUnconfirmedOperation } from './pathEvidence';

/** Value and description of an operation. The description of an upsert is fixed by n8n, see `describeUpsert`. */
type OperationIdentity = { value: 'upsert'; description?: never } | { value: string; description: string };

/** The part of an operation's definition that all kinds have. `OperationBase` describes the keys. */
export type BaseDefinition<F extends Fields> = OperationIdentity &
	Pick<OperationBase, 'name' | 'action' | 'evidence' | 'isHiddenFromTools' | 'entity'> & {
		fields: F;
		idField?: keyof F & string;
		nameField?: keyof F & string;
		validate?(values: OperationValues<F>): void;
	};

/** The part of the definition of an operation whose form describes a request. `RequestOperation` describes the keys. */
export type Definition<F extends Fields, P extends object = object> = BaseDefinition<F> & {
	request(values: OperationValues<F> & Partial<P>, body: IDataObject): ApiRequest;
};

/** Builds the description of an operation with the value `upsert`. n8n's lint rules fix it, except for the record's name. */
const describeUpsert = (action: string): string =>
	`Create a new ${action.replace('Create or update ', '')}, or update the current one if it already exists (upsert)`;

const hasDate = (field: Field): boolean =>
	field.isDate === true || Object.values(field.nestedFields ?? {}).some(hasDate);

/**
 * Completes a definition with its derived parts: the entity of its field Output, the description of an upsert, and that of
 * an operation whose path is unconfirmed.
 * @param options - Options of the kind, in addition to those of every operation.
 */
export function completeBaseDefinition<F extends Fields, E extends Effect>(
	definition: BaseDefinition<F>,
	effect: E,
	options: NodeOptionName[] = [],
): OperationBase & { effect: E } {
	const { action, evidence, fields, description = describeUpsert(action) } = definition;
	const { entity = fields.output?.entity } = definition;
	const hasDates =
		Object.values<Field>(fields).some(hasDate) ||
		Object.values(entity?.columns ?? {}).some(({ type }) => type === 'date');
	return {
		...(definition as unknown as OperationBase),
		entity,
		effect,
		description: evidence ? describeUnconfirmedOperation(description) : description,
		options: ['includeInputFields', ...options, ...(hasDates ? (['timeZone'] as const) : []), 'timeoutSeconds'],
	};
}

/** Completes the definition of an operation with a request. See `completeBaseDefinition`. */
export const completeDefinition = <F extends Fields, P extends object, E extends Effect>(
	definition: Definition<F, P>,
	effect: E,
	options?: NodeOptionName[],
): RequestOperation & { effect: E } =>
	completeBaseDefinition(definition, effect, options) as RequestOperation & { effect: E };
