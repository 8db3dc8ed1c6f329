import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '../..');
const fileExists = (file: string): boolean => existsSync(path.join(root, file));
const readText = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** Folders of files that the repository does not contain. */
const ignoredFolders = ['.git', '.tmp', 'dist', 'node_modules'];

/** Lists the files of a folder. A download of the repository has no Git. */
const listFiles = (folder = ''): string[] =>
	readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
		const name = path.posix.join(folder, entry.name);
		if (!entry.isDirectory()) return [name];
		return ignoredFolders.includes(entry.name) ? [] : listFiles(name);
	});

/** Files that may name a page. */
const files = listFiles().filter(
	(file) => /\.(?:[cm]?[jt]s|json|ya?ml|md)$/.test(file) && !file.endsWith('package-lock.json'),
);
const documents = files.filter((file) => file.endsWith('.md'));

/** Lists the anchors of the headings of a document, as GitHub builds them. */
const listAnchors = (document: string): string[] =>
	[...readText(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
			.replaceAll(' ', '-'),
	);

/** Lists the links of a document to files and headings of the checkout. */
const listLinks = (document: string): string[] =>
	[...readText(document).matchAll(/\]\((?!\w+:)([^)\s]+)\)/g)].map(([, link = '']) => link);

const isValidLink = (document: string, link: string): boolean => {
	const [file = '', anchor] = link.split('#');
	const target = file ? path.posix.join(path.posix.dirname(document), file) : document;
	return fileExists(target) && (!anchor || listAnchors(target).includes(anchor));
};

test('documents, links and anchors are found', () => {
	expect(documents).toEqual(expect.arrayContaining(['README.md', 'docs/admin/security.md', 'examples/README.md']));
	expect(documents.flatMap(listLinks).length).toBeGreaterThan(100);
	expect(listAnchors('CONTRIBUTING.md')).toContain('i-want-to-change-');
});

test.each(documents)('the links of %s lead to files and headings', (document) => {
	expect(listLinks(document).filter((link) => !isValidLink(document, link))).toEqual([]);
});

test('the pages that code, messages, examples and issue forms name exist', () => {
	const pages = files.flatMap((file) => readText(file).match(/(?<![\w/-])docs\/[\w/-]+\.md\b/g) ?? []);
	expect(pages).toContain('docs/maintainers/live-check.md');
	expect([...new Set(pages)].filter((page) => !fileExists(page))).toEqual([]);
});

test('the index of the documents links to every page', () => {
	const pages = documents.filter((file) => file.startsWith('docs/') && file !== 'docs/README.md');
	const linkedPages = listLinks('docs/README.md').map((link) => path.posix.join('docs', link));
	expect(pages.filter((page) => !linkedPages.includes(page))).toEqual([]);
});
