import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fitsMachine, type Lock } from './lock.mts';

/** The package folders (relative) that npm will make on this machine, from the lock file in `folder`. */
export async function readExpected(folder: string): Promise<string[]> {
	const lock = JSON.parse(await readFile(path.join(folder, 'package-lock.json'), 'utf8')) as Lock;
	return Object.entries(lock.packages)
		// Optional peers stand in the lock file for npm 10 alone; npm 11 leaves them out.
		.filter(([name, locked]) => name && fitsMachine(locked) && !(locked.optional && locked.peer))
		.map(([name]) => name);
}

/** How many of the expected packages are unpacked by now. */
export const countPackages = (folder: string, expected: string[]): number =>
	expected.filter((name) => existsSync(path.join(folder, name, 'package.json'))).length;
