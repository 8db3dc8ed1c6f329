import { pinFolder, type Pinned } from './paths.mts';

/** A release of n8n that is brought up here. */
export interface Release {
	/** As a command line names it, e.g. "2.41". */
	name: string;
	pinned: Pinned;
	/** The releases of Node that it runs on here; Node 24 is among them, since npm has that ready-made. */
	nodes: number[];
	/** What its environment has to say beyond that of every release. */
	env: NodeJS.ProcessEnv;
}

/** The release of `npm start`. */
export const NEWEST: Release = {
	name: '2.41',
	pinned: pinFolder('n8n', 'n8n'),
	// Its native parts (isolated-vm) come ready made for these alone.
	nodes: [24, 26],
	env: { N8N_DISABLED_MODULES: 'mcp-registry' },
};

/** The last n8n 1, which the package still supports. */
const OLDEST: Release = {
	name: '1.123',
	pinned: pinFolder('n8n-1x', 'n8n'),
	nodes: [20, 22, 24],
	// Its isolated-vm would have to be compiled.
	env: { N8N_EXPRESSION_ENGINE: 'legacy' },
};

/** The releases on which is measured. */
export const RELEASES: readonly Release[] = [NEWEST, OLDEST];
