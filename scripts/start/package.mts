import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { readPacked } from '../checks/pack.mts';
import { npm } from './npm.mts';
import { checkout } from './paths.mts';
import type { Session } from './session.mts';

/**
 * Builds the checkout and packs it.
 * @param folder where the tarball goes; it is made.
 * @returns the tarball's path.
 * @throws PlainStop when it does not build.
 */
export async function buildAndPack(session: Session, folder: string): Promise<string> {
	await mkdir(folder, { recursive: true });
	await npm(session, 'The package does not build', ['run', 'build'], { cwd: checkout });
	const args = ['pack', '--json', '--ignore-scripts', `--pack-destination=${folder}`];
	const printed = await npm(session, 'The package could not be packed', args, { cwd: checkout });
	return path.join(folder, readPacked(printed).filename);
}
