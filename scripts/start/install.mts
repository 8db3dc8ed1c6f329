import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Duration } from 'luxon';
import { npm } from './npm.mts';
import type { Pinned } from './paths.mts';
import { PlainStop } from './plain.mts';
import { countPackages, readExpected } from './progress.mts';
import type { Session } from './session.mts';

/** Shows one line about what is going on. */
export type Report = (line: string) => void;

/** Milliseconds after which a claim that nobody renews says nothing: its process was ended, and another may have its number. */
const CLAIM_LASTS = 120_000;

const markerOf = (pinned: Pinned): string => path.join(pinned.folder, 'installed.json');
const claimOf = (pinned: Pinned): string => path.join(pinned.folder, 'installing.json');

/** Whether the installation is there and was finished. */
export const isInstalled = (pinned: Pinned): boolean => existsSync(markerOf(pinned));

/**
 * Installs what a lock file pins, once. A half-finished installation is begun anew.
 * @param finish is called when the packages are there; only when it is done the installation counts.
 * @throws PlainStop when it cannot be installed, or another process is just doing it.
 */
export async function install(
	session: Session,
	pinned: Pinned,
	report: Report,
	finish: () => Promise<void> = async () => {},
): Promise<void> {
	if (isInstalled(pinned)) return;
	await removeUnfinished(pinned, report);
	await mkdir(pinned.folder, { recursive: true });
	await writeFile(claimOf(pinned), JSON.stringify({ process: process.pid }));
	const renewing = setInterval(() => void renewClaim(pinned), CLAIM_LASTS / 8);
	try {
		for (const [file, text] of Object.entries(pinned.files)) await writeFile(path.join(pinned.folder, file), text);
		const stopReporting = await reportProgress(pinned, report);
		const doing = `${pinned.title} could not be installed`;
		await npm(session, doing, ['ci', '--ignore-scripts'], { cwd: pinned.folder }).finally(stopReporting);
		await finish();
	} finally {
		clearInterval(renewing);
	}
	await rm(claimOf(pinned));
	await writeFile(markerOf(pinned), JSON.stringify({ installed: pinned.title }));
}

/**
 * Removes what an installation that was not finished has left.
 * @throws PlainStop when another process is just at it.
 */
export async function removeUnfinished(pinned: Pinned, report: Report): Promise<void> {
	if (!existsSync(pinned.folder)) return;
	await refuseWhileClaimed(pinned);
	report('an earlier installation was not finished; it is removed and begun anew');
	await rm(pinned.folder, { recursive: true, force: true });
}

const renewClaim = (pinned: Pinned): Promise<void> =>
	utimes(claimOf(pinned), new Date(), new Date()).catch(() => undefined);

async function refuseWhileClaimed(pinned: Pinned): Promise<void> {
	const text = await readFile(claimOf(pinned), 'utf8').catch(() => '{}');
	const { process: pid } = JSON.parse(text || '{}') as { process?: number };
	const age = await stat(claimOf(pinned)).then(({ mtimeMs }) => Date.now() - mtimeMs, () => Infinity);
	if (pid === undefined || pid === process.pid || age > CLAIM_LASTS || !isAlive(pid)) return;
	throw new PlainStop(
		`Another "npm start" (process ${pid}) seems to be installing ${pinned.title} at this moment.`,
		`Wait until it is done. If there is none, delete the folder ${pinned.folder} and run "npm start" again.`,
	);
}

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

/** npm is silent while it works: count what has arrived. Returns the function that ends the reports. */
async function reportProgress(pinned: Pinned, report: Report): Promise<() => void> {
	const expected = await readExpected(pinned.folder);
	const started = Date.now();
	const tell = (): void => {
		const time = Duration.fromMillis(Date.now() - started).toFormat('m:ss');
		report(`${countPackages(pinned.folder, expected)} of ${expected.length} packages, ${time} minutes so far`);
	};
	const timer = setInterval(tell, process.stdout.isTTY ? 2_000 : 30_000);
	return () => clearInterval(timer);
}
