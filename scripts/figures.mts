/**
 * `npm run figures`: prints the size of the code, after jscpd has checked the duplicated lines of the published code.
 * Nothing imports this file.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { markdownTable } from './generate/markdownTable.mts';

/** Folders whose size is printed. A size has no bound, because a bound makes people compress code. */
const FOLDERS = [
	'credentials',
	...['api', 'operation', 'resources', 'trigger', 'time', 'shared'].map((folder) => `nodes/GoFive/${folder}`),
	...['nodes', 'test', 'scripts', 'sandbox'],
];
/** Start of a line that is neither blank nor a comment. */
const SOURCE_LINE = /^\s*(?!\/[/*]|\*)\S/u;

/** Builds the table row of a folder with its TypeScript files. */
async function measureFolder(folder: string): Promise<string[]> {
	const names = (await readdir(folder, { recursive: true })).filter((name) => /\.[cm]?ts$/u.test(name));
	const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
	const sourceLines = texts.flatMap((text) => text.split('\n')).filter((line) => SOURCE_LINE.test(line));
	return [folder, String(names.length), String(sourceLines.length)];
}

console.log(markdownTable(['folder', 'files', 'source lines'], await Promise.all(FOLDERS.map(measureFolder))));
console.log('\nThe duplicated lines are within the bound of .jscpd.json. Next: run npm test.');
