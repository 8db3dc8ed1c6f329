/** What the files of the operations are written with. */
export { operation } from './define';
export { choice, codes, memberOf, yesOrNo } from './fields/choice';
export { dateRangeField } from './fields/dateRange';
export { date } from './fields/dates';
export { group } from './fields/group';
export { json, readJson } from './fields/json';
export { limit } from './fields/limit';
export { lines, MODES } from './fields/lines';
export { list, someOfList, type Loaded } from './fields/list';
export { notice } from './fields/notice';
export { one } from './fields/one';
export { otherFields } from './fields/otherFields';
export { output } from './fields/output';
export { asId, lost, readFlag, readText } from './fields/read';
export { ids, textLines, texts } from './fields/several';
export { flag, id, longText, number, text } from './fields/simple';
export { isBlank, notAccepted, shown } from './text';
export type { Entity, Field, Fields, Get, Lookup, Output, Pages, ReadContext, Resource } from './types';
