import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';

/** A file of the checkout, measured. */
export interface SourceFile {
	/** Path from the root of the checkout, with forward slashes. */
	name: string;
	/** Number of lines of TypeScript that are neither blank nor comment. */
	sourceLineCount: number;
}

/** Measures the TypeScript files below the folders. */
export async function readSourceFiles(folders: string[]): Promise<SourceFile[]> {
	const entries = await Promise.all(folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true })));
	const names = entries
		.flat()
		.filter((entry) => entry.isFile() && /\.[cm]?ts$/u.test(entry.name))
		.map((entry) => path.join(entry.parentPath, entry.name).replaceAll(path.sep, '/'));
	return Promise.all(names.map(async (name) => measureFile(name, await readFile(name, 'utf8'))));
}

function measureFile(name: string, text: string): SourceFile {
	const sourceLines = new Set<number>();
	const tree = ts.createSourceFile(name, text, ts.ScriptTarget.Latest);
	const lineAt = (position: number): number => tree.getLineAndCharacterOfPosition(position).line;
	const visit = (node: ts.Node): void => {
		if (ts.isJSDoc(node) || node.kind === ts.SyntaxKind.EndOfFileToken) return;
		const children = node.getChildren(tree);
		children.forEach(visit);
		if (children.length > 0 || node.getWidth(tree) === 0) return;
		for (let line = lineAt(node.getStart(tree)); line <= lineAt(node.getEnd()); line += 1) sourceLines.add(line);
	};
	visit(tree);
	return { name, sourceLineCount: sourceLines.size };
}
