import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Duration } from 'luxon';
import { lock } from 'proper-lockfile';
import { runNpmOrThrow } from './runNpm.mts';
import type { PinnedPackages } from './pinnedPackages.mts';
import { UserFacingError } from './userFacingError.mts';
import type { ScriptContext } from './scriptContext.mts';

/** Shows one line of progress. */
export type InstallProgressCallback = (line: string) => void;

/** Time in ms between two lines of progress. */
const PROGRESS_INTERVAL_MS = 15_000;
/** Age in ms of the lock of a process that was killed. A process renews its lock. */
const LOCK_LIFETIME_MS = 60_000;

const markerFilePath = ({ folder }: PinnedPackages): string => path.join(folder, 'installed.json');

/** Whether the installation is complete. */
export const isInstalled = (pinnedPackages: PinnedPackages): boolean => existsSync(markerFilePath(pinnedPackages));

/**
 * Installs the packages of a lock file, unless they are installed. Starts again after an incomplete installation.
 * @param finishInstallation - Called after the packages were installed. If it throws, the installation is incomplete
 * @throws UserFacingError if npm fails or another process is installing the same packages
 */
export async function installPackages(
	script: ScriptContext,
	pinnedPackages: PinnedPackages,
	onProgress: InstallProgressCallback,
	finishInstallation: () => Promise<void> = async () => {},
): Promise<void> {
	if (isInstalled(pinnedPackages)) return;
	const { title, files, folder } = pinnedPackages;
	const unlock = await lockInstallation(pinnedPackages);
	const startedAtMs = Date.now();
	const progressTimer = setInterval(() => {
		onProgress(`${Duration.fromMillis(Date.now() - startedAtMs).toFormat('m:ss')} minutes so far`);
	}, PROGRESS_INTERVAL_MS);
	try {
		await rm(folder, { recursive: true, force: true });
		await mkdir(folder, { recursive: true });
		for (const [file, text] of Object.entries(files)) await writeFile(path.join(folder, file), text);
		await runNpmOrThrow(script, `${title} could not be installed`, ['ci', '--ignore-scripts'], { cwd: folder });
		await finishInstallation();
		await writeFile(markerFilePath(pinnedPackages), JSON.stringify({ installed: title }));
	} finally {
		clearInterval(progressTimer);
		await unlock();
	}
}

/**
 * Locks the folder of an installation.
 * @returns Function that releases the lock
 * @throws UserFacingError if another process has locked it
 */
async function lockInstallation({ title, folder }: PinnedPackages): Promise<() => Promise<void>> {
	try {
		return await lock(folder, { realpath: false, stale: LOCK_LIFETIME_MS });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
		throw new UserFacingError(
			`Another process is installing ${title}.`,
			'Wait until it has finished. After a killed installation, wait for a minute.',
		);
	}
}
