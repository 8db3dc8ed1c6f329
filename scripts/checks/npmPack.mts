import { execa } from 'execa';

/** Report of `npm pack` on a tarball. */
export interface PackResult {
	filename: string;
	/** Size of the tarball in bytes. */
	size: number;
	files: Array<{ path: string; size: number }>;
}

/**
 * Packs the checkout with its present dist/.
 * @param folder - Folder for the tarball; without it, nothing is written
 * @throws Error if npm cannot pack
 */
export async function packRepository(folder?: string): Promise<PackResult> {
	const { stdout } = await execa(
		'npm',
		['pack', '--json', '--ignore-scripts', ...(folder ? ['--pack-destination', folder] : ['--dry-run'])],
		{ env: { npm_config_update_notifier: 'false' } },
	);
	return parsePackOutput(stdout);
}

/**
 * Parses the output of `npm pack --json`.
 * @throws Error if the output names no package
 */
export function parsePackOutput(json: string): PackResult {
	// npm up to release 11 prints a list, later releases print an object by package name.
	const [packResult] = Object.values(JSON.parse(json) as PackResult[] | Record<string, PackResult>);
	if (!packResult) throw new Error('npm pack named no package');
	return packResult;
}
