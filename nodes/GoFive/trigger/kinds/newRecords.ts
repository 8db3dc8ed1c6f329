import type { TriggerKind } from './triggerKind';

/** Records whose ID was not seen before. */
export const newRecords: TriggerKind = {
	value: 'new',
	name: 'New',
	describe({ entity: { pluralName }, fields, periodNote }) {
		const firstMatch = fields.filters ? `, or ${pluralName} match the filters for the first time` : '';
		return `When there are new ${pluralName}${firstMatch}${periodNote}`;
	},
	getFields: () => ({}),
	getOptions: () => [],
	createRule: () => ({
		watchedColumns: [],
		compare: ({ change, isReported }) =>
			isReported && change === 'new' ? { report: { change, addedFields: {} } } : {},
	}),
};
