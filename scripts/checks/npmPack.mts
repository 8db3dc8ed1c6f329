import { execa } from 'execa';

/**
 * Packs the checkout with its present dist/.
 * @param folder - Folder for the tarball
 * @returns name of the tarball
 * @throws Error if npm cannot pack
 */
export async function packRepository(folder: string): Promise<string> {
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
	const env = { npm_config_update_notifier: 'false' };
	const { stdout } = await execa('npm', args, { cwd: new URL('../../', import.meta.url), env });
	// npm up to release 11 prints a list, later releases print an object by package name.
	const [packResult] = Object.values(JSON.parse(stdout) as Record<string, { filename: string }>);
	if (!packResult) throw new Error('npm pack reported no package');
	return packResult.filename;
}
