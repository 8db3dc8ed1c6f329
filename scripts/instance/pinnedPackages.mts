import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';

/** The root of the checkout. */
export const REPOSITORY_ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Where installations are kept: the user's usual cache place. */
export const CACHE_FOLDER = envPaths('n8n-nodes-gofive', { suffix: '' }).cache;

interface PackageManifest {
	version: string;
}

/** A set of packages that a lock file in scripts/ pins. */
export interface PinnedPackages {
	/** For people, e.g. "n8n 2.41.1". */
	title: string;
	/** The files that npm needs for it, by name: package.json, package-lock.json, .npmrc. */
	files: Record<string, string>;
	/** The folder it is installed into; another one when anything in the files changes. */
	folder: string;
}

/** A file of scripts/, as text. */
export const readPinnedFile = (folder: string, file: string): string =>
	readFileSync(path.join(REPOSITORY_ROOT, 'scripts', folder, file), 'utf8');

/** Describes an installation of `files`. */
export function pinPackages(title: string, name: string, files: Record<string, string>): PinnedPackages {
	const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 12);
	const key = [name, process.platform, process.arch, hash].join('-');
	return { title, files, folder: path.join(CACHE_FOLDER, key) };
}

/** Describes an installation of what a folder of scripts/ pins. @param programName what is installed, e.g. "n8n" */
export function pinPackagesOfFolder(folder: string, programName: string): PinnedPackages {
	const fileNames = ['package.json', 'package-lock.json', '.npmrc'];
	const files = Object.fromEntries(fileNames.map((file) => [file, readPinnedFile(folder, file)]));
	const { version } = JSON.parse(readPinnedFile(folder, 'package.json')) as PackageManifest;
	return pinPackages(`${programName} ${version}`, `${programName}-${version}`, files);
}
