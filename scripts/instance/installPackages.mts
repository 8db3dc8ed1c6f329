import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Duration } from 'luxon';
import { runNpmOrThrow } from './runNpm.mts';
import type { PinnedPackages } from './pinnedPackages.mts';
import { UserFacingError } from './userFacingError.mts';
import { countUnpackedPackages, readExpectedPackages } from './installProgress.mts';
import type { ScriptContext } from './scriptContext.mts';

/** Shows one line about what is going on. */
export type InstallProgressCallback = (line: string) => void;

/** Milliseconds after which a claim that nobody renews says nothing: its process was ended, and another may have its number. */
const INSTALL_LOCK_LIFETIME_MS = 120_000;

const markerFilePath = (pinnedPackages: PinnedPackages): string => path.join(pinnedPackages.folder, 'installed.json');
const installLockPath = (pinnedPackages: PinnedPackages): string => path.join(pinnedPackages.folder, 'installing.json');

/** Whether the installation is there and was finished. */
export const isInstalled = (pinnedPackages: PinnedPackages): boolean => existsSync(markerFilePath(pinnedPackages));

/**
 * Installs what a lock file pins, once. A half-finished installation is begun anew.
 * @param finishInstallation is called when the packages are there; only when it is done the installation counts.
 * @throws UserFacingError when it cannot be installed, or another process is just doing it.
 */
export async function installPackages(
	script: ScriptContext,
	pinnedPackages: PinnedPackages,
	onProgress: InstallProgressCallback,
	finishInstallation: () => Promise<void> = async () => {},
): Promise<void> {
	if (isInstalled(pinnedPackages)) return;
	await removeUnfinishedInstallation(pinnedPackages, onProgress);
	await mkdir(pinnedPackages.folder, { recursive: true });
	await writeFile(installLockPath(pinnedPackages), JSON.stringify({ process: process.pid }));
	const renewTimer = setInterval(() => void renewInstallLock(pinnedPackages), INSTALL_LOCK_LIFETIME_MS / 8);
	try {
		for (const [file, text] of Object.entries(pinnedPackages.files))
			await writeFile(path.join(pinnedPackages.folder, file), text);
		const stopReporting = await startProgressReports(pinnedPackages, onProgress);
		const failureSummary = `${pinnedPackages.title} could not be installed`;
		await runNpmOrThrow(script, failureSummary, ['ci', '--ignore-scripts'], { cwd: pinnedPackages.folder }).finally(
			stopReporting,
		);
		await finishInstallation();
	} finally {
		clearInterval(renewTimer);
	}
	await rm(installLockPath(pinnedPackages));
	await writeFile(markerFilePath(pinnedPackages), JSON.stringify({ installed: pinnedPackages.title }));
}

/**
 * Removes what an installation that was not finished has left.
 * @throws UserFacingError when another process is just at it.
 */
export async function removeUnfinishedInstallation(
	pinnedPackages: PinnedPackages,
	onProgress: InstallProgressCallback,
): Promise<void> {
	if (!existsSync(pinnedPackages.folder)) return;
	await assertNotLocked(pinnedPackages);
	onProgress('an earlier installation was not finished; it is removed and begun anew');
	await rm(pinnedPackages.folder, { recursive: true, force: true });
}

const renewInstallLock = (pinnedPackages: PinnedPackages): Promise<void> =>
	utimes(installLockPath(pinnedPackages), new Date(), new Date()).catch(() => undefined);

async function assertNotLocked(pinnedPackages: PinnedPackages): Promise<void> {
	const text = await readFile(installLockPath(pinnedPackages), 'utf8').catch(() => '{}');
	const { process: pid } = JSON.parse(text || '{}') as { process?: number };
	const lockAgeMs = await stat(installLockPath(pinnedPackages)).then(
		({ mtimeMs }) => Date.now() - mtimeMs,
		() => Infinity,
	);
	if (pid === undefined || pid === process.pid || lockAgeMs > INSTALL_LOCK_LIFETIME_MS || !isProcessAlive(pid)) return;
	throw new UserFacingError(
		`Another "npm start" (process ${pid}) seems to be installing ${pinnedPackages.title} at this moment.`,
		`Wait until it is done. If there is none, delete the folder ${pinnedPackages.folder} and run "npm start" again.`,
	);
}

function isProcessAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

/** npm is silent while it works: count what has arrived. Returns the function that ends the reports. */
async function startProgressReports(
	pinnedPackages: PinnedPackages,
	onProgress: InstallProgressCallback,
): Promise<() => void> {
	const expectedPackages = await readExpectedPackages(pinnedPackages.folder);
	const startedAtMs = Date.now();
	const reportCount = (): void => {
		const elapsed = Duration.fromMillis(Date.now() - startedAtMs).toFormat('m:ss');
		onProgress(
			`${countUnpackedPackages(pinnedPackages.folder, expectedPackages)} of ${expectedPackages.length} packages, ${elapsed} minutes so far`,
		);
	};
	const timer = setInterval(reportCount, process.stdout.isTTY ? 2_000 : 30_000);
	return () => clearInterval(timer);
}
