/** Id of the example of the main use case, which opens first and is listed first. */
export const MAIN_EXAMPLE_ID = 'events-of-last-month-to-excel';
