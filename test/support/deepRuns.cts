/** Whether all generated cases are tried: `npm test -- --deep` and CI. */
const isDeep = process.env['DEEP_TESTS'] === '1';

/**
 * Number of generated cases to try: all of them in a deep run, a fifth otherwise.
 * @param count - Number of cases in a deep run
 */
export const deepRuns = (count: number): number => (isDeep ? count : Math.ceil(count / 5));
