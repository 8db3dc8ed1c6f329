import path from 'node:path';
import { readPacked } from '../checks/pack.mts';
import { newHome } from './home.mts';
import { npm } from './npm.mts';
import { checkout } from './paths.mts';
import type { Session } from './session.mts';

let packed: Promise<string> | undefined;

/**
 * Builds the checkout and packs it, once in a run however many n8n are brought up.
 * @returns the tarball's path, which is deleted when the session ends.
 * @throws PlainStop when it does not build.
 */
export async function builtPackage(session: Session): Promise<string> {
	packed ??= buildAndPack(session);
	return await packed;
}

async function buildAndPack(session: Session): Promise<string> {
	const folder = await newHome(session);
	await npm(session, 'The package does not build', ['run', 'build'], { cwd: checkout });
	const args = ['pack', '--json', '--ignore-scripts', `--pack-destination=${folder}`];
	const printed = await npm(session, 'The package could not be packed', args, { cwd: checkout });
	return path.join(folder, readPacked(printed).filename);
}
