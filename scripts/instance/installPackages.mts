import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
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
/** Options of the removal of a folder. A process that is being killed may still write to it. */
const REMOVAL_OPTIONS = { recursive: true, force: true, maxRetries: 5 };

/** Start of the paths of temporary folders. After a killed installation, its npm may still write to one of them. */
const temporaryFolderPrefix = ({ folder }: PinnedPackages): string => `${folder}-incomplete-`;

/** Whether the installation is complete. */
export const isInstalled = ({ folder }: PinnedPackages): boolean => existsSync(path.join(folder, MARKER_FILE));

/**
 * Installs the packages of a lock file, unless they are installed. Installs them in a temporary folder, which gets its
 * final name when it is complete. Waits while another process installs them.
 * @param finishInstallation - Called with the temporary folder after npm. If it throws, the packages are not installed
 * @throws UserFacingError if npm fails or another process takes too long
 */
export async function installPackages(
	script: ScriptContext,
	pinnedPackages: PinnedPackages,
	onProgress: InstallProgressCallback,
	finishInstallation: (folder: string) => Promise<void>,
): Promise<void> {
	if (isInstalled(pinnedPackages)) return;
	const unlock = await lockInstallation(script, pinnedPackages, onProgress);
	const startedAtMs = Date.now();
	const progressTimer = setInterval(() => {
		onProgress(`${Duration.fromMillis(Date.now() - startedAtMs).toFormat('m:ss')} minutes so far`);
	}, PROGRESS_INTERVAL_MS);
	try {
		if (!isInstalled(pinnedPackages)) await installInTemporaryFolder(script, pinnedPackages, finishInstallation);
	} finally {
		clearInterval(progressTimer);
		await unlock();
	}
}

async function installInTemporaryFolder(
	script: ScriptContext,
	pinnedPackages: PinnedPackages,
	finishInstallation: (folder: string) => Promise<void>,
): Promise<void> {
	const { title, files, folder } = pinnedPackages;
	await removeTemporaryFolders(script, pinnedPackages);
	const temporaryFolder = await mkdtemp(temporaryFolderPrefix(pinnedPackages));
	try {
		for (const [file, text] of Object.entries(files)) await writeFile(path.join(temporaryFolder, file), text);
		const failureSummary = `${title} could not be installed`;
		await runNpmOrThrow(script, failureSummary, ['ci', '--ignore-scripts'], { cwd: temporaryFolder });
		await finishInstallation(temporaryFolder);
		await writeFile(path.join(temporaryFolder, MARKER_FILE), JSON.stringify({ installed: title }));
		await rm(folder, REMOVAL_OPTIONS);
		await rename(temporaryFolder, folder);
	} finally {
		await removeTemporaryFolders(script, pinnedPackages);
	}
}

/** Removes the temporary folders of all installations, including killed ones. Never throws. */
async function removeTemporaryFolders(script: ScriptContext, pinnedPackages: PinnedPackages): Promise<void> {
	const prefix = temporaryFolderPrefix(pinnedPackages);
	const cacheFolder = path.dirname(prefix);
	const names = (await readdir(cacheFolder)).filter((name) => name.startsWith(path.basename(prefix)));
	for (const name of names) {
		await rm(path.join(cacheFolder, name), REMOVAL_OPTIONS).catch((error: unknown) => {
			script.appendLog(`\n${String(error)}\n`);
		});
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
