/** Random numbers that a seed reproduces. */
export class SeededRandom {
	constructor(private state: number) {}

	/** Returns a number from 0 to below 1, by the algorithm mulberry32. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** Returns a number from `min` to below `max`. */
	numberBetween(min: number, max: number): number {
		return min + this.next() * (max - min);
	}

	/** Returns an integer from `min` to `max`. */
	integerBetween(min: number, max: number): number {
		return Math.floor(this.numberBetween(min, max + 1));
	}

	/** Returns true with a probability from 0 to 1. */
	happens(probability: number): boolean {
		return this.next() < probability;
	}

	/**
	 * Returns an element of a list.
	 * @throws RangeError if the list is empty
	 */
	pick<T>(list: readonly T[]): T {
		const element = list[this.integerBetween(0, list.length - 1)];
		if (element === undefined) throw new RangeError('There is nothing to pick from');
		return element;
	}
}
