/** Returns whether a value exceeds its bound. NaN does, because it means that nothing was measured. */
export const exceedsBound = (value: number, bound: number): boolean => !(value <= bound);
