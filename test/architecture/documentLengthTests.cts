import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const MAX_README_WORDS = 1100;
const MAX_USER_PAGE_WORDS = 1300;
const MAX_WORDS = 13_000;

const checkoutFolder = path.join(__dirname, '../..');
const readText = (file: string): string => readFileSync(path.join(checkoutFolder, file), 'utf8');

/** Counts words like `wc -w`. The bars of a table count, too. */
const countWords = (text: string): number => text.split(/\s+/).filter(Boolean).length;

const GENERATED_PART = /<!-- ([\w ]+): made by npm run generate -->[\s\S]*?<!-- end of \1 -->/g;

/** Counts the words of a document that a person writes. */
const countWrittenWords = (file: string): number => countWords(readText(file).replace(GENERATED_PART, ''));

const pages = readdirSync(path.join(checkoutFolder, 'docs'), { recursive: true, encoding: 'utf8' })
	.filter((name) => name.endsWith('.md'))
	.map((name) => path.posix.join('docs', ...name.split(path.sep)));

/** Pages outside the folders for administrators and maintainers. */
const userPages = [...pages.filter((page) => path.posix.dirname(page) === 'docs'), 'examples/README.md'];

test('words are counted outside generated parts', () => {
	expect(countWords('One two\n| three |\n')).toBe(5);
	expect('a <!-- x y: made by npm run generate -->b\nb<!-- end of x y --> c'.replace(GENERATED_PART, '')).toBe('a  c');
	expect(countWrittenWords('docs/operations.md')).toBeGreaterThan(100);
	expect(countWrittenWords('docs/operations.md')).toBeLessThan(countWords(readText('docs/operations.md')) / 10);
});

test('the pages of all kinds of readers are found', () => {
	expect(userPages).toContain('docs/first-run.md');
	expect(pages).toEqual(expect.arrayContaining(['docs/admin/security.md', 'docs/maintainers/evidence.md']));
});

test(`README has at most ${MAX_README_WORDS} words, with its tables`, () => {
	expect(countWords(readText('README.md'))).toBeLessThanOrEqual(MAX_README_WORDS);
});

test.each(userPages)(`%s has at most ${MAX_USER_PAGE_WORDS} words outside generated parts`, (page) => {
	expect(countWrittenWords(page)).toBeLessThanOrEqual(MAX_USER_PAGE_WORDS);
});

test(`docs has at most ${MAX_WORDS} words outside generated parts`, () => {
	const counts = pages.map(countWrittenWords);
	expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(MAX_WORDS);
});

test('the index links to every page', () => {
	const index = readText('docs/README.md');
	const links = pages.map((page) => page.replace(/^docs\//, '')).filter((page) => page !== 'README.md');
	expect(links.filter((link) => !index.includes(`(${link})`))).toEqual([]);
});

/** Files outside the documents that name pages. The links of the documents are checked by remark. */
const FILES_WITH_PAGES = [
	...['nodes', 'credentials', 'scripts', 'sandbox', 'test', 'contract', 'examples', '.github'].flatMap((folder) =>
		readdirSync(path.join(checkoutFolder, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => /\.(?:ts|cts|mts|json|yml|yaml)$/.test(name) && !name.endsWith('package-lock.json'))
			.map((name) => path.join(folder, name)),
	),
	'package.json',
	'gulpfile.js',
	'.ci/run',
];

test('the pages that code, messages, examples and issue forms name exist', () => {
	const namedPages = FILES_WITH_PAGES.flatMap((file) =>
		[...readText(file).matchAll(/(?<![\w-])docs\/[\w/-]+\.md\b/g)].map(([page]) => page),
	);
	expect(namedPages).toContain('docs/maintainers/live-check.md');
	expect([...new Set(namedPages)].filter((page) => !existsSync(path.join(checkoutFolder, page)))).toEqual([]);
});
