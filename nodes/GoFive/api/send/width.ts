/** How many go side by side once there is a token. */
const START = 16;
/** Up to here a width is doubled before it is known what it brings, since so many do no harm. */
const HARMLESS = 64;
/** A wider one is kept when it brings this part of the speed that it could bring, in one of its first rounds. */
const WORTH_IT = 1 / 4;
const CHANCES = 3;
/** For how many rounds a width stays before a wider one is tried again: at first, and at most. */
const SHORT_REST = 8;
const LONG_REST = 32;
/** Where this part of a round breaks down the width is halved. */
const MANY = 1 / 4;
/** It is never halved below what a browser opens to one host. */
const NARROWEST = 6;

/** A width that is tried, and what it brings: known by requests that were sent when so many were under way. */
export class Step {
	private answers = 0;
	private time = 0;
	/** How often enough of them were answered, and the most answers per millisecond that they brought. */
	rounds = 0;
	private best = 0;

	constructor(readonly width: number) {}

	/** @param milliseconds from sending to the answer */
	add(milliseconds: number): void {
		this.answers += 1;
		this.time += milliseconds;
		if (this.answers < this.width) return;
		// Little's law: what is under way, by how long each takes.
		this.best = Math.max(this.best, (this.width * this.answers) / this.time);
		this.rounds += 1;
		this.answers = this.time = 0;
	}

	/** Whether it brings enough more than the narrower one. */
	isWorthIt(narrower: Step | undefined): boolean {
		if (!narrower) return true;
		return this.best >= narrower.best * (1 + (this.width / narrower.width - 1) * WORTH_IT);
	}
}

/**
 * Finds out how many requests to have under way, as TCP BBR does in its startup (Cardwell and others, "BBR:
 * Congestion-Based Congestion Control", ACM Queue 14/5, 2016): twice as many after each round of answers, for as long as
 * that brings more answers per second. Where it does not, GoFive only lets them queue, and the width before holds.
 * The time of an answer alone would mislead, since n8n's own work for many requests at once makes it longer as well.
 */
export class Width {
	/** The widths that were tried, from the last one that held on; the last of them is in use. */
	private steps = [new Step(1)];
	private started = false;
	private rest = 0;
	private nextRest = SHORT_REST;
	/** Requests of the present round that have ended, and those among them that broke down. */
	private ended = 0;
	private broken = 0;

	/** @param most how wide it may become */
	constructor(private readonly most: number) {}

	/** The width that holds now. */
	get step(): Step {
		return this.steps.at(-1) as Step;
	}

	/** From now on many go; until then one does, since it may be fetching the token. */
	start(): void {
		if (!this.started) this.hold(START, 0);
		this.started = true;
	}

	/** GoFive asked for less, or bears less. */
	halve(): void {
		const { width } = this.step;
		this.hold(Math.min(width, Math.max(NARROWEST, Math.floor(width / 2))));
	}

	/** A request has ended. @param hasBroken whether with nothing or a breakdown instead of an answer */
	count(hasBroken: boolean): void {
		if (!this.started) return this.start();
		this.ended += 1;
		if (hasBroken) this.broken += 1;
		if (this.ended >= this.step.width) this.endRound();
	}

	private endRound(): void {
		const { steps, step, broken, ended } = this;
		const { width } = step;
		Object.assign(this, { ended: 0, broken: 0 });
		const isWorthIt = step.rounds > 0 && step.isWorthIt(steps.at(-2));
		if (broken >= ended * MANY) {
			this.halve();
		} else if (step.rounds >= CHANCES && !isWorthIt) {
			const [good = step] = steps.filter((each, index) => each.isWorthIt(steps[index - 1])).slice(-1);
			this.hold(good.width, this.nextRest);
			this.nextRest = Math.min(LONG_REST, this.nextRest * 2);
		} else if (this.rest > 0) {
			this.rest -= 1;
			// What it brought long ago is no measure for a wider one; as many rounds as that will have are.
			if (this.rest === CHANCES) this.steps = [new Step(width)];
		} else if (broken === 0 && width < this.most && (width < HARMLESS || isWorthIt)) {
			steps.push(new Step(Math.min(width * 2, this.most)));
		}
	}

	private hold(width: number, rest = LONG_REST): void {
		this.steps = [new Step(Math.min(width, this.most))];
		Object.assign(this, { rest, ended: 0, broken: 0 });
	}
}
