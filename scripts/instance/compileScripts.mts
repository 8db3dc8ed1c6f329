import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';

/**
 * Compiles scripts for n8n's own Node; that of n8n 1 knows no TypeScript.
 * @param scriptUrls the files, as addresses; they import nothing of this project but each other
 * @param folder where they go, as NAME.mjs; it is made
 */
export async function compileScripts(scriptUrls: URL[], folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	const compilerOptions = {
		module: ts.ModuleKind.ESNext,
		target: ts.ScriptTarget.ES2022,
		rewriteRelativeImportExtensions: true,
	};
	for (const scriptUrl of scriptUrls) {
		const { name, base } = path.parse(scriptUrl.pathname);
		const { outputText } = ts.transpileModule(await readFile(scriptUrl, 'utf8'), { compilerOptions, fileName: base });
		await writeFile(path.join(folder, `${name}.mjs`), outputText);
	}
}
