/**
 * Checks all texts, comments and titles against terminology.yml, with textlint. Nothing imports this file. Forms derive
 * some of their texts, so the list of texts is checked in addition to the source.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { TEXT_LIST_FILE, writeTextList } from '../generate/textList.mts';

const CHECKED_PATHS = [
	'*.md',
	'.github',
	'docs',
	'examples/*.md',
	'contract',
	'credentials',
	'nodes',
	'sandbox',
	'scripts',
	'test',
];

await writeTextList();
// textlint's cache ignores changes of terminology.yml, so each version of that file has a cache of its own.
const rulesHash = createHash('sha256')
	.update(await readFile('terminology.yml'))
	.digest('hex');
const cacheOptions = ['--cache', '--cache-location', `.tmp/cache/textlint-${rulesHash.slice(0, 12)}`];
const options = ['--format', 'pretty-error', ...cacheOptions];
const { exitCode } = await execa('textlint', [...options, ...CHECKED_PATHS, TEXT_LIST_FILE], {
	preferLocal: true,
	reject: false,
	stdio: 'inherit',
});
process.exitCode = exitCode ?? 1;
