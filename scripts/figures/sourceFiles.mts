import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';

/** A text file of the published source. */
export interface SourceFile {
	/** From the root of the checkout, with forward slashes. */
	name: string;
	lines: number;
	/** The parsed file; only for TypeScript. */
	tree?: ts.SourceFile;
}

/** Lists the files below the folders, by name. A folder that does not exist has no files. */
async function listFiles(folders: string[]): Promise<string[]> {
	const lists = await Promise.all(
		folders.map(async (folder) => {
			const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
			return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
		}),
	);
	return lists
		.flat()
		.map((name) => name.replaceAll(path.sep, '/'))
		.sort();
}

/** Reads and parses the files below the folders whose name ends as given. */
export async function readSourceFiles(
	folders: string[],
	namePattern = /\.(?:ts|cts|mts|json)$/u,
): Promise<SourceFile[]> {
	const names = (await listFiles(folders)).filter((name) => namePattern.test(name));
	return Promise.all(
		names.map(async (name) => {
			const text = await readFile(name, 'utf8');
			const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
			if (name.endsWith('.json')) return { name, lines };
			return { name, lines, tree: ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true) };
		}),
	);
}

/** Counts the lines of TypeScript that are neither blank nor comment. */
export function countSourceLines(files: SourceFile[]): number {
	return files.reduce((total, { tree }) => total + (tree ? countCodeLines(tree) : 0), 0);
}

function countCodeLines(tree: ts.SourceFile): number {
	const lines = new Set<number>();
	const lineAt = (position: number): number => tree.getLineAndCharacterOfPosition(position).line;
	const visit = (node: ts.Node): void => {
		if (ts.isJSDoc(node) || node.kind === ts.SyntaxKind.EndOfFileToken) return;
		const children = node.getChildren();
		children.forEach(visit);
		if (children.length > 0 || node.getWidth() === 0) return;
		for (let line = lineAt(node.getStart()); line <= lineAt(node.getEnd()); line += 1) lines.add(line);
	};
	visit(tree);
	return lines.size;
}

/** "file:line" of a node. */
export function formatLocation(node: ts.Node): string {
	const tree = node.getSourceFile();
	return `${tree.fileName}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
