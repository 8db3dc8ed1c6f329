import { pinPackagesOfFolder, type PinnedPackages } from './pinnedPackages.mts';

/** A release of n8n that is brought up here. */
export interface N8nRelease {
	/** As a command line names it, e.g. "2.41". */
	name: string;
	packages: PinnedPackages;
	/** The releases of Node that it runs on here; Node 24 is among them, since npm has that ready-made. */
	supportedNodeVersions: number[];
	/** What its environment has to say beyond that of every release. */
	env: NodeJS.ProcessEnv;
}

/** The release of `npm start`. */
export const NEWEST_RELEASE: N8nRelease = {
	name: '2.41',
	packages: pinPackagesOfFolder('n8n', 'n8n'),
	// Its native parts (isolated-vm) come ready made for these alone.
	supportedNodeVersions: [24, 26],
	env: { N8N_DISABLED_MODULES: 'mcp-registry' },
};

/** The last n8n 1, which the package still supports. */
const OLDEST_RELEASE: N8nRelease = {
	name: '1.123',
	packages: pinPackagesOfFolder('n8n-1x', 'n8n'),
	supportedNodeVersions: [20, 22, 24],
	// Its isolated-vm would have to be compiled.
	env: { N8N_EXPRESSION_ENGINE: 'legacy' },
};

/** The releases on which is measured. */
export const N8N_RELEASES: readonly N8nRelease[] = [NEWEST_RELEASE, OLDEST_RELEASE];
