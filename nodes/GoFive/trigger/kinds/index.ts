import { changedRecords } from './changedRecords';
import { newRecords } from './newRecords';
import type { TriggerKind } from './triggerKind';
import { unchangedRecords } from './unchangedRecords';

/** Kinds of the trigger in the order of Trigger On. */
export const triggerKinds: TriggerKind[] = [newRecords, changedRecords, unchangedRecords];
