import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Duration } from 'luxon';
import { lock } from 'proper-lockfile';
import { runNpmOrThrow } from './runNpm.mts';
import type { PinnedPackages } from './pinnedPackages.mts';
import { toUserFacingError, UserFacingError } from './userFacingError.mts';
import type { ScriptContext } from './scriptContext.mts';

/** Shows one line of progress. */
export type InstallProgressCallback = (line: string) => void;

/** File that only a complete installation contains. */
const MARKER_FILE = 'installed.json';
/** Time in ms between two lines of progress. */
const PROGRESS_INTERVAL_MS = 15_000;
/** Age in ms of the lock of a process that was killed. A process renews its lock. */
const LOCK_LIFETIME_MS = 60_000;
/** Time limit in ms for the installation of another process. */
const LOCK_TIMEOUT_MS = 1_800_000;

/** Whether the installation is complete. */
export const isInstalled = ({ folder }: PinnedPackages): boolean => existsSync(path.join(folder, MARKER_FILE));

/**
 * Installs the packages of a lock file, unless they are installed. Waits while another process installs them.
 * @param finishInstallation - Called after npm. If it throws, the packages are not installed
 * @throws UserFacingError if npm fails or another process takes too long
 */
export async function installPackages(
	script: ScriptContext,
	pinnedPackages: PinnedPackages,
	onProgress: InstallProgressCallback,
	finishInstallation: () => void | Promise<void>,
): Promise<void> {
	if (isInstalled(pinnedPackages)) return;
	const unlock = await lockInstallation(script, pinnedPackages, onProgress);
	const startedAtMs = Date.now();
	const progressTimer = setInterval(() => {
		onProgress(`${Duration.fromMillis(Date.now() - startedAtMs).toFormat('m:ss')} minutes so far`);
	}, PROGRESS_INTERVAL_MS);
	try {
		if (isInstalled(pinnedPackages)) return;
		const { title, files, folder } = pinnedPackages;
		await mkdir(folder, { recursive: true });
		for (const [file, text] of Object.entries(files)) await writeFile(path.join(folder, file), text);
		// npm first removes what a killed installation has left behind.
		await runNpmOrThrow(script, `${title} could not be installed`, ['ci', '--ignore-scripts'], { cwd: folder });
		await finishInstallation();
		await writeFile(path.join(folder, MARKER_FILE), JSON.stringify({ installed: title }));
	} finally {
		clearInterval(progressTimer);
		await unlock();
	}
}

/**
 * Locks the folder of an installation. Waits while another process has locked it.
 * @returns Function that releases the lock
 * @throws UserFacingError if the other process takes too long
 */
async function lockInstallation(
	script: ScriptContext,
	{ title, folder }: PinnedPackages,
	onProgress: InstallProgressCallback,
): Promise<() => Promise<void>> {
	const tryToLock = async (): Promise<(() => Promise<void>) | undefined> => {
		try {
			return await lock(folder, { realpath: false, stale: LOCK_LIFETIME_MS });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw toUserFacingError(error, script.logFile);
			onProgress('waiting for another process that installs it, or that was killed less than a minute ago');
			return undefined;
		}
	};
	const unlock = await script.waitFor(tryToLock, LOCK_TIMEOUT_MS, 1_000);
	if (unlock) return unlock;
	throw new UserFacingError(
		`Another process is installing ${title}.`,
		'Wait until it has finished, and run the command again.',
	);
}
