/** Choices that a seed repeats. */
export class SeededRandom {
	constructor(private state: number) {}

	/** A number from 0 up to, not including, 1 (mulberry32). */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** A number between the two. */
	numberBetween(min: number, max: number): number {
		return min + this.next() * (max - min);
	}

	/** A whole number between the two, both included. */
	integerBetween(min: number, max: number): number {
		return Math.floor(this.numberBetween(min, max + 1));
	}

	/** Whether something happens that has this chance, from 0 to 1. */
	happens(probability: number): boolean {
		return this.next() < probability;
	}

	/** One of the list. @throws RangeError when it is empty */
	pick<T>(list: readonly T[]): T {
		const picked = list[this.integerBetween(0, list.length - 1)];
		if (picked === undefined) throw new RangeError('There is nothing to pick from');
		return picked;
	}
}
