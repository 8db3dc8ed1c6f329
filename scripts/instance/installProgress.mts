import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isForThisPlatform, type PackageLock } from './packageLock.mts';

/** The package folders (relative) that npm will make on this machine, from the lock file in `folder`. */
export async function readExpectedPackages(folder: string): Promise<string[]> {
	const lock = JSON.parse(await readFile(path.join(folder, 'package-lock.json'), 'utf8')) as PackageLock;
	return (
		Object.entries(lock.packages)
			// Optional peers stand in the lock file for npm 10 alone; npm 11 leaves them out.
			.filter(
				([name, lockedPackage]) =>
					name && isForThisPlatform(lockedPackage) && !(lockedPackage.optional && lockedPackage.peer),
			)
			.map(([name]) => name)
	);
}

/** How many of the expected packages are unpacked by now. */
export const countUnpackedPackages = (folder: string, expectedPackages: string[]): number =>
	expectedPackages.filter((name) => existsSync(path.join(folder, name, 'package.json'))).length;
