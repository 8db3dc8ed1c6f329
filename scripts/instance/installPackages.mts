import { existsSync } from 'node:fs';
import { mkdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Duration } from 'luxon';
import { runNpmOrThrow } from './runNpm.mts';
import type { PinnedPackages } from './pinnedPackages.mts';
import { UserFacingError } from './userFacingError.mts';
import type { ScriptContext } from './scriptContext.mts';

/** Shows one line of progress. */
export type InstallProgressCallback = (line: string) => void;

/** Time in ms between two renewals of the lock, each with a line of progress. */
const INSTALL_LOCK_RENEWAL_MS = 15_000;
/** Age in ms of an abandoned lock: several renewals are missing, so its process was killed. */
const INSTALL_LOCK_LIFETIME_MS = 60_000;

const markerFilePath = ({ folder }: PinnedPackages): string => path.join(folder, 'installed.json');
const installLockPath = ({ folder }: PinnedPackages): string => path.join(folder, 'installing.json');

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
	const lockPath = installLockPath(pinnedPackages);
	await removeUnfinishedInstallation(pinnedPackages, onProgress);
	await mkdir(folder, { recursive: true });
	await writeFile(lockPath, '');
	const startedAtMs = Date.now();
	const renewTimer = setInterval(() => {
		const elapsed = Duration.fromMillis(Date.now() - startedAtMs).toFormat('m:ss');
		onProgress(`${elapsed} minutes so far`);
		void utimes(lockPath, new Date(), new Date()).catch(() => undefined);
	}, INSTALL_LOCK_RENEWAL_MS);
	try {
		for (const [file, text] of Object.entries(files)) await writeFile(path.join(folder, file), text);
		await runNpmOrThrow(script, `${title} could not be installed`, ['ci', '--ignore-scripts'], { cwd: folder });
		await finishInstallation();
	} finally {
		clearInterval(renewTimer);
		await rm(lockPath, { force: true });
	}
	await writeFile(markerFilePath(pinnedPackages), JSON.stringify({ installed: title }));
}

/**
 * Removes an incomplete installation.
 * @throws UserFacingError if another process is installing the same packages
 */
async function removeUnfinishedInstallation(
	pinnedPackages: PinnedPackages,
	onProgress: InstallProgressCallback,
): Promise<void> {
	const { title, folder } = pinnedPackages;
	if (!existsSync(folder)) return;
	const lock = await stat(installLockPath(pinnedPackages)).catch(() => undefined);
	if (lock && Date.now() - lock.mtimeMs < INSTALL_LOCK_LIFETIME_MS) {
		throw new UserFacingError(
			`Another process is installing ${title}.`,
			`Wait until it has finished. If no such process is running, delete the folder ${folder} and try again.`,
		);
	}
	onProgress('repeating an incomplete installation');
	await rm(folder, { recursive: true, force: true });
}
