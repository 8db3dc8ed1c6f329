import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';

/** The root of the checkout. */
export const checkout = fileURLToPath(new URL('../../', import.meta.url));

/** Where installations are kept: the user's usual cache place. */
export const cacheFolder = envPaths('n8n-nodes-gofive', { suffix: '' }).cache;

interface Manifest {
	version: string;
}

/** A set of packages that a lock file in scripts/ pins. */
export interface Pinned {
	/** For people, e.g. "n8n 2.41.1". */
	title: string;
	/** The files that npm needs for it, by name: package.json, package-lock.json, .npmrc. */
	files: Record<string, string>;
	/** The folder it is installed into; another one when anything in the files changes. */
	folder: string;
}

/** A file of scripts/, as text. */
export const readScriptFile = (folder: string, file: string): string =>
	readFileSync(path.join(checkout, 'scripts', folder, file), 'utf8');

/** Describes an installation of `files`. */
export function pin(title: string, name: string, files: Record<string, string>): Pinned {
	const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 12);
	const key = [name, process.platform, process.arch, hash].join('-');
	return { title, files, folder: path.join(cacheFolder, key) };
}

/** Describes an installation of what a folder of scripts/ pins. @param program what is installed, e.g. "n8n" */
export function pinFolder(folder: string, program: string): Pinned {
	const names = ['package.json', 'package-lock.json', '.npmrc'];
	const files = Object.fromEntries(names.map((file) => [file, readScriptFile(folder, file)]));
	const { version } = JSON.parse(readScriptFile(folder, 'package.json')) as Manifest;
	return pin(`${program} ${version}`, `${program}-${version}`, files);
}
