import type { NodeReport, ExecutionReport } from './benchReport.mts';

/** A part of the work and the milliseconds that it took. */
export interface ProfileShare {
	title: string;
	milliseconds: number;
}

type ProfileFrames = NonNullable<ExecutionReport['profile']>['nodes'];

/** Who did it, told by the file of the innermost function that is known here. */
const PROFILE_CATEGORIES: Array<{ title: string; pattern: RegExp }> = [
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

const ENGINE_TITLE = "Node's engine (garbage collector and the like)";
const OTHER_TITLE = 'everything else';

function findCategoryTitle(
	id: number,
	frames: Map<number, ProfileFrames[number]>,
	callerIds: Map<number, number>,
): string | undefined {
	const leafFunction = frames.get(id)?.callFrame.functionName;
	if (leafFunction === '(idle)') return undefined;
	if (leafFunction === '(garbage collector)' || leafFunction === '(program)') return ENGINE_TITLE;
	for (let frameId: number | undefined = id; frameId !== undefined; frameId = callerIds.get(frameId)) {
		const url = frames.get(frameId)?.callFrame.url ?? '';
		const category = PROFILE_CATEGORIES.find(({ pattern }) => pattern.test(url));
		if (category) return category.title;
	}
	return OTHER_TITLE;
}

/** The parts of a profile while `node` ran, the largest first; idle time is left out. */
export function summarizeProfile({ profile }: ExecutionReport, node: NodeReport): ProfileShare[] {
	if (!profile) throw new Error('The report brings no profile');
	const frames = new Map(profile.nodes.map((frame) => [frame.id, frame]));
	const callerIds = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
	const msByTitle = new Map<string, number>();
	let sampleTimeMs = profile.startedAt;
	for (const [index, id] of profile.samples.entries()) {
		const milliseconds = (profile.timeDeltas[index] ?? 0) / 1000;
		sampleTimeMs += milliseconds;
		if (sampleTimeMs < node.startedAt || sampleTimeMs > node.startedAt + node.milliseconds) continue;
		const title = findCategoryTitle(id, frames, callerIds);
		if (title !== undefined) msByTitle.set(title, (msByTitle.get(title) ?? 0) + milliseconds);
	}
	return [...msByTitle]
		.map(([title, milliseconds]) => ({ title, milliseconds }))
		.sort((a, b) => b.milliseconds - a.milliseconds);
}
