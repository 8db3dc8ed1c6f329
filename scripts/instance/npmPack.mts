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
 * @param folder - Folder for the tarball
 * @throws Error if npm cannot pack
 */
export async function packRepository(folder: string): Promise<PackResult> {
	const args = ['--json', '--ignore-scripts', '--pack-destination', folder];
	const env = { npm_config_update_notifier: 'false' };
	const { stdout } = await execa('npm', ['pack', ...args], { cwd: new URL('../../', import.meta.url), env });
	// npm up to release 11 prints a list, later releases print an object by package name.
	const [packResult] = Object.values(JSON.parse(stdout) as PackResult[] | Record<string, PackResult>);
	if (!packResult) throw new Error('npm pack reported no package');
	return packResult;
}
