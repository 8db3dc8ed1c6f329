import { access, readFile } from 'node:fs/promises';
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
export async function countPackages(folder: string, expected: string[]): Promise<number> {
	const present = await Promise.all(
		expected.map((name) =>
			access(path.join(folder, name, 'package.json')).then(
				() => 1,
				() => 0,
			),
		),
	);
	return present.reduce<number>((sum, one) => sum + one, 0);
}
