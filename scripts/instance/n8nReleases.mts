import { pinPackages, type PinnedPackages } from './pinnedPackages.mts';

/** Release of n8n that the scripts can start. */
export interface N8nRelease {
	/** Name on the command line, for example "2.41". */
	name: string;
	packages: PinnedPackages;
	/** Major versions of Node.js that it runs on. Always includes 24, because npm has ready-made builds of it. */
	supportedNodeVersions: number[];
	/** Environment variables, in addition to those of every release. */
	env: NodeJS.ProcessEnv;
}

/** Release that `npm start` uses. */
export const NEWEST_RELEASE: N8nRelease = {
	name: '2.41',
	packages: pinPackages('n8n', 'n8n'),
	// Its native module isolated-vm has ready-made builds only for these.
	supportedNodeVersions: [24, 26],
	// This module calls n8n's own server.
	env: { N8N_DISABLED_MODULES: 'mcp-registry' },
};

/** Last release of n8n 1, which the package supports. */
export const OLDEST_RELEASE: N8nRelease = {
	name: '1.123',
	// Its xlsx is not in the npm registry, so another version overrides it.
	packages: pinPackages('n8n-1x', 'n8n'),
	supportedNodeVersions: [20, 22, 24],
	env: {
		// Its isolated-vm has no ready-made build.
		N8N_EXPRESSION_ENGINE: 'legacy',
		// As in n8n 2. Without a pool, SQLite rejects transactions that overlap, for example a poll and a save.
		DB_SQLITE_POOL_SIZE: '2',
	},
};

/** All releases, the newest first. */
export const N8N_RELEASES: readonly N8nRelease[] = [NEWEST_RELEASE, OLDEST_RELEASE];
