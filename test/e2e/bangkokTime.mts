import { DateTime } from 'luxon';

/** Returns the present in the time zone of the examples and of GoFive. */
export const getBangkokNow = (): DateTime => DateTime.now().setZone('Asia/Bangkok');

/** Returns the beginning of last month. */
export const getLastMonth = (): DateTime => getBangkokNow().minus({ months: 1 }).startOf('month');
