import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root folder of the checkout. */
export const REPOSITORY_ROOT = fileURLToPath(new URL('../../', import.meta.url));

const USER_CACHE_FOLDER = process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache');
/** Folder of all installations, in the user's cache folder. */
export const CACHE_FOLDER = path.join(USER_CACHE_FOLDER, 'n8n-nodes-gofive');

/** Packages that a lock file in scripts/ pins. */
export interface PinnedPackages {
	/** Name and version, for example "n8n 2.41.1". */
	title: string;
	/** Texts of package.json, package-lock.json and .npmrc, by file name. */
	files: Record<string, string>;
	/** Folder of the installation. Its name changes with the files. */
	folder: string;
}

/**
 * Describes the installation of the packages that a folder of scripts/ pins.
 * @param programName - Name of the program that is installed, for example "n8n"
 */
export function pinPackages(folder: string, programName: string): PinnedPackages {
	const readText = (file: string): string => readFileSync(path.join(REPOSITORY_ROOT, 'scripts', folder, file), 'utf8');
	const fileNames = ['package.json', 'package-lock.json', '.npmrc'];
	const files = Object.fromEntries(fileNames.map((file) => [file, readText(file)]));
	const { version } = JSON.parse(readText('package.json')) as { version: string };
	const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 12);
	const folderName = [programName.toLowerCase(), version, process.platform, process.arch, hash].join('-');
	return { title: `${programName} ${version}`, files, folder: path.join(CACHE_FOLDER, folderName) };
}
