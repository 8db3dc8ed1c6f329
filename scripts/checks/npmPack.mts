import { execa } from 'execa';

/** What `npm pack` says about the tarball it made. */
export interface PackResult {
	filename: string;
	/** Bytes of the tarball. */
	size: number;
	files: Array<{ path: string; size: number }>;
}

/**
 * Packs the checkout as it is built now.
 * @param folder where the tarball goes; without it nothing is written.
 * @throws when npm cannot pack.
 */
export async function packRepository(folder?: string): Promise<PackResult> {
	const { stdout } = await execa(
		'npm',
		['pack', '--json', '--ignore-scripts', ...(folder ? ['--pack-destination', folder] : ['--dry-run'])],
		{ env: { npm_config_update_notifier: 'false' } },
	);
	return parsePackOutput(stdout);
}

/** Reads what `npm pack --json` prints. @throws when it names no package */
export function parsePackOutput(json: string): PackResult {
	// npm up to 11 prints a list, later ones an object by package name.
	const [packResult] = Object.values(JSON.parse(json) as PackResult[] | Record<string, PackResult>);
	if (!packResult) throw new Error('npm pack named no package');
	return packResult;
}
