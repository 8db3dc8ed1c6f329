import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';
import { GoFiveApi } from '../../credentials/GoFiveApi.credentials.ts';
import { GoFive } from '../../nodes/GoFive/GoFive.node.ts';
import { GoFiveTrigger } from '../../nodes/GoFive/GoFiveTrigger.node.ts';

/** List of all texts, one per line: place, tab, text. textlint reads it. */
export const TEXT_LIST_FILE = '.tmp/texts.tsv';

/** Texts with their places. */
type PlacedTexts = Array<[place: string, text: string]>;

/** Matches text: several words, or one word that begins with a capital letter. */
const TEXT_PATTERN = /\p{L}\s+\S|^\p{Lu}\p{Ll}/u;

/** Collects the texts in a description of a node or in a workflow. Their places consist of names and keys. */
function collectTexts(value: unknown, place: string): PlacedTexts {
	if (typeof value === 'string') return TEXT_PATTERN.test(value) ? [[place, value]] : [];
	if (typeof value !== 'object' || value === null) return [];
	if (Array.isArray(value)) return value.flatMap((entry) => collectTexts(entry, place));
	const name = 'name' in value ? ` > ${String(value.name)}` : '';
	return Object.entries(value).flatMap(([key, entry]) => collectTexts(entry, `${place}${name} > ${key}`));
}

/** Collects the texts in the source code of a file. Imports and types contain none. */
function collectCodeTexts(code: string, file: string): PlacedTexts {
	const tree = ts.createSourceFile(file, code, ts.ScriptTarget.Latest);
	const texts: PlacedTexts = [];
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
		if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
			const text = node.getText(tree).slice(1, -1);
			const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
			if (TEXT_PATTERN.test(text)) texts.push([`${file}:${line + 1}`, text]);
		}
		node.forEachChild(visit);
	};
	visit(tree);
	return texts;
}

/** Reads the files of a folder and its subfolders. */
async function readFolder(folder: string, extension: string): Promise<Array<[file: string, content: string]>> {
	const names = await readdir(folder, { recursive: true });
	const files = names.filter((name) => name.endsWith(extension)).map((name) => path.posix.join(folder, name));
	return Promise.all(files.sort().map(async (file) => [file, await readFile(file, 'utf8')] as [string, string]));
}

/**
 * Writes the list of all texts: messages and other texts of the code, the texts that the forms derive from them, and
 * the texts of the examples. Each text is listed once, at its first place.
 *
 * @returns number of texts
 */
export async function writeTextList(): Promise<number> {
	const [nodes, credentials, examples] = await Promise.all([
		readFolder('nodes', '.ts'),
		readFolder('credentials', '.ts'),
		readFolder('examples', '.json'),
	]);
	const forms = [new GoFive().description, new GoFiveTrigger().description, new GoFiveApi()];
	const placedTexts = [
		...[...nodes, ...credentials].flatMap(([file, code]) => collectCodeTexts(code, file)),
		...forms.flatMap((form) => collectTexts(form, 'form')),
		...examples.flatMap(([file, workflow]) => collectTexts(JSON.parse(workflow), file)),
	];
	const places = new Map<string, string>();
	for (const [place, text] of placedTexts) {
		const line = text.replace(/\s+/g, ' ');
		if (!places.has(line)) places.set(line, place);
	}
	const lines = [...places].map(([line, place]) => `${place}\t${line}\n`);
	await mkdir(path.dirname(TEXT_LIST_FILE), { recursive: true });
	await writeFile(TEXT_LIST_FILE, lines.join(''));
	return places.size;
}
