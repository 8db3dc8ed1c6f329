import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';

/** What n8n's own Node runs; that of n8n 1 knows no TypeScript. */
const SCRIPTS = [
	new URL('inside.mts', import.meta.url),
	new URL('load.mts', import.meta.url),
	new URL('report.mts', import.meta.url),
];

/**
 * Compiles the scripts for n8n's own Node.
 * @param folder where they go, as NAME.mjs; it is made
 */
export async function compileScripts(folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	const compilerOptions = {
		module: ts.ModuleKind.ESNext,
		target: ts.ScriptTarget.ES2022,
		rewriteRelativeImportExtensions: true,
	};
	for (const script of SCRIPTS) {
		const { name, base } = path.parse(script.pathname);
		const { outputText } = ts.transpileModule(await readFile(script, 'utf8'), { compilerOptions, fileName: base });
		await writeFile(path.join(folder, `${name}.mjs`), outputText);
	}
}
