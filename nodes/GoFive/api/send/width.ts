/** How many go side by side once there is a token. */
const START = 16;
/** Up to here each answer lets so many go (BBR's startup has 2.89), before it is known what that brings, since so many do no harm. */
const STARTUP = 2;
const HARMLESS = 64;
/** From there on a width is tried that is wider by this. */
const WIDER = 1.5;
/** So many answers at a width, or three quarters of what it has, tell what it brings; with fewer one bad moment would spoil two samples. */
const SAMPLE = 46;
/** A wider one is kept when it brings this part of the speed that it could bring, in one of its first samples. */
const WORTH_IT = 1 / 4;
const CHANCES = 2;
/** What holds then, as a multiple of what fills the way to GoFive; more would only queue there. */
const FULL = 1.5;
/** For how many rounds a width stays before a wider one is tried again: at first, and at most. */
const SHORT_REST = 16;
const LONG_REST = 32;
/** Where this part of a round breaks down the width is halved. */
const MANY = 1 / 4;
/** It is never halved below what a browser opens to one host. */
const NARROWEST = 6;

/** A width that is tried, and what it brings: known by requests that were sent when more were under way than at the one before. */
export class Step {
	private answers = 0;
	private under = 0;
	private time = 0;
	/** How many samples there are, and the most answers per millisecond of one of them. */
	samples = 0;
	best = 0;

	constructor(readonly width: number) {}

	/** @param under how many were under way when it was sent, itself included @param milliseconds from sending to the answer */
	add(under: number, milliseconds: number): void {
		this.answers += 1;
		this.under += under;
		this.time += milliseconds;
		if (this.answers < Math.min((this.width * 3) / 4, SAMPLE)) return;
		// Little's law: what is under way, by how long each takes.
		this.best = Math.max(this.best, this.under / this.time);
		this.samples += 1;
		this.answers = this.under = this.time = 0;
	}

	/** Whether it brings enough more than the narrower one. */
	isWorthIt(narrower: Step | undefined): boolean {
		if (!narrower) return true;
		return this.best >= narrower.best * (1 + (this.width / narrower.width - 1) * WORTH_IT);
	}
}

/**
 * Finds out how many requests to have under way, as TCP BBR does (Cardwell and others, "BBR: Congestion-Based Congestion
 * Control", ACM Queue 14/5, 2016). In its startup the width grows for as long as that brings more answers per second.
 * Where it does not, GoFive only lets requests queue: then the queue is drained, to what the most answers per second and
 * the shortest time of an answer make together. The time of an answer alone would mislead, since n8n's own work for many
 * requests at once makes it longer as well.
 */
export class Width {
	/** The widths that were tried, from the last one that held on; the last of them is in use. */
	private steps = [new Step(1)];
	private started = false;
	/** How many could be under way when the present round began; during startup the width is reached within it. */
	private from = 1;
	private rest = 0;
	private nextRest = SHORT_REST;
	/** Milliseconds of the quickest answer so far. */
	private shortest = Infinity;
	/** Requests of the present round that have ended, and those among them that broke down. */
	private ended = 0;
	private broken = 0;

	/** @param most how wide it may become */
	constructor(private readonly most: number) {}

	/** The width that is tried, or that holds. */
	get step(): Step {
		return this.steps.at(-1) as Step;
	}

	/** A request tells of the width when more than these are under way; of the first one only when it is full. */
	get fewer(): number {
		return this.steps.at(-2)?.width ?? this.step.width - 1;
	}

	/** How many may be under way now. */
	get allowed(): number {
		return this.broken > 0 ? this.from : Math.min(this.step.width, this.from + this.ended * (STARTUP - 1));
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

	/** A request was answered. @param step the width that it measures; see there for the rest */
	measure(step: Step | undefined, under: number, milliseconds: number): void {
		const { steps } = this;
		this.shortest = Math.min(this.shortest, Math.max(1, milliseconds));
		step?.add(under, milliseconds);
		if (step !== this.step || this.rest > 0 || step.samples === 0) return;
		if (step.isWorthIt(steps.at(-2))) {
			if (this.broken === 0 && step.width >= HARMLESS) this.from = this.widen(WIDER);
		} else if (step.samples >= CHANCES) {
			const [good = step] = steps.filter((each, index) => each.isWorthIt(steps[index - 1])).slice(-1);
			const most = Math.max(...steps.map(({ best }) => best));
			this.hold(Math.min(good.width, Math.ceil(most * this.shortest * FULL)), this.nextRest);
			this.nextRest = LONG_REST;
		}
	}

	/** A request has ended. @param hasBroken whether with nothing or a breakdown instead of an answer */
	count(hasBroken: boolean): void {
		if (!this.started) return this.start();
		if (this.ended === 0 && this.rest === 0 && this.step.width < HARMLESS) this.widen(STARTUP, HARMLESS);
		this.ended += 1;
		if (hasBroken) this.broken += 1;
		if (this.ended >= this.from) this.endRound();
	}

	private endRound(): void {
		const { broken, ended, from } = this;
		if (broken > 0 && from < this.step.width) this.steps.pop();
		Object.assign(this, { ended: 0, broken: 0, from: this.step.width });
		if (broken >= ended * MANY) return this.halve();
		this.rest = Math.max(0, this.rest - 1);
		// What it brought long ago is no measure for a wider one; as many rounds as that will have are.
		if (this.rest === CHANCES) this.steps = [new Step(this.step.width)];
	}

	private widen(times: number, most = this.most): number {
		const { width } = this.step;
		if (width < this.most) this.steps.push(new Step(Math.min(this.most, most, Math.floor(width * times))));
		return this.step.width;
	}

	private hold(width: number, rest = LONG_REST): void {
		this.steps = [new Step(Math.min(width, this.most))];
		Object.assign(this, { rest, ended: 0, broken: 0, from: this.step.width });
	}
}
