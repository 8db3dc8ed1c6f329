/**
 * Checks all texts, comments and titles against terminology.yml, with textlint. Nothing imports this file. Forms derive
 * some of their texts, so the list of texts is checked in addition to the source.
 */
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
const { exitCode } = await execa('textlint', ['--format', 'pretty-error', ...CHECKED_PATHS, TEXT_LIST_FILE], {
	preferLocal: true,
	reject: false,
	stdio: 'inherit',
});
process.exitCode = exitCode ?? 1;
