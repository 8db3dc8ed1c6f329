import { execa } from 'execa';

/** What `npm pack` says about the tarball it made. */
export interface Packed {
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
export async function pack(folder?: string): Promise<Packed> {
	const { stdout } = await execa(
		'npm',
		['pack', '--json', '--ignore-scripts', ...(folder ? ['--pack-destination', folder] : ['--dry-run'])],
		{ env: { npm_config_update_notifier: 'false' } },
	);
	return readPacked(stdout);
}

/** Reads what `npm pack --json` prints. @throws when it names no package */
export function readPacked(json: string): Packed {
	// npm up to 11 prints a list, later ones an object by package name.
	const [packed] = Object.values(JSON.parse(json) as Packed[] | Record<string, Packed>);
	if (!packed) throw new Error('npm pack named no package');
	return packed;
}
