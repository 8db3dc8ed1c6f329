import type { NodeReport, Report } from './report.mts';

/** A part of the work and the milliseconds that it took. */
export interface Part {
	title: string;
	milliseconds: number;
}

type Frames = NonNullable<Report['profile']>['nodes'];

/** Who did it, told by the file of the innermost function that is known here. */
const PARTS: Array<{ title: string; pattern: RegExp }> = [
	{ title: 'the GoFive node itself', pattern: /node_modules\/n8n-nodes-gofive\// },
	{
		title: 'n8n: reading the credential from the database and decrypting it, per request',
		pattern: /typeorm|sqlite|encryption\/|cipher|credentials-helper|credentials\.|internal\/crypto/u,
	},
	{
		title: 'n8n: request helper and axios',
		pattern: /\/axios|backend-network|request-helper|node:internal\/(?:url|streams)|form-data|follow-redirects/u,
	},
	{
		title: "n8n: parameters and the expression of 'Customer Code'",
		pattern: /expression-runtime|n8n-workflow\/|node-execution-context\/|tournament|expression-observability/u,
	},
];

const ENGINE = "Node's engine (garbage collector and the like)";
const REST = 'everything else';

function titleOf(id: number, frames: Map<number, Frames[number]>, callers: Map<number, number>): string | undefined {
	const leaf = frames.get(id)?.callFrame.functionName;
	if (leaf === '(idle)') return undefined;
	if (leaf === '(garbage collector)' || leaf === '(program)') return ENGINE;
	for (let at: number | undefined = id; at !== undefined; at = callers.get(at)) {
		const url = frames.get(at)?.callFrame.url ?? '';
		const part = PARTS.find(({ pattern }) => pattern.test(url));
		if (part) return part.title;
	}
	return REST;
}

/** The parts of a profile while `node` ran, the largest first; idle time is left out. */
export function partsOf({ profile }: Report, node: NodeReport): Part[] {
	if (!profile) throw new Error('The report brings no profile');
	const frames = new Map(profile.nodes.map((frame) => [frame.id, frame]));
	const callers = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
	const sums = new Map<string, number>();
	let at = profile.startedAt;
	for (const [index, id] of profile.samples.entries()) {
		const milliseconds = (profile.timeDeltas[index] ?? 0) / 1000;
		at += milliseconds;
		if (at < node.startedAt || at > node.startedAt + node.milliseconds) continue;
		const title = titleOf(id, frames, callers);
		if (title !== undefined) sums.set(title, (sums.get(title) ?? 0) + milliseconds);
	}
	return [...sums].map(([title, milliseconds]) => ({ title, milliseconds })).sort((a, b) => b.milliseconds - a.milliseconds);
}
