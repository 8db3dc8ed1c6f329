/** First and last year that are read as years of the Buddhist Era, the calendar of Thailand. */
export const MIN_BUDDHIST_YEAR = 2400;
export const MAX_BUDDHIST_YEAR = 2700;

/** Number of years that the Buddhist Era is ahead of the Common Era. */
const BUDDHIST_ERA_OFFSET_YEARS = 543;

export const isBuddhistYear = (year: number): boolean => year >= MIN_BUDDHIST_YEAR && year <= MAX_BUDDHIST_YEAR;

/** Converts a year of the Buddhist Era to the Common Era. */
export const toCommonEra = (buddhistYear: number): number => buddhistYear - BUDDHIST_ERA_OFFSET_YEARS;
