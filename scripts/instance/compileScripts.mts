import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';

/**
 * Compiles scripts for n8n's own Node.js. That of n8n 1 does not run TypeScript.
 * @param scriptUrls - URLs of the files. They import only modules of Node, and types
 * @param folder - Folder for the compiled files (NAME.mjs), which is created
 */
export async function compileScripts(scriptUrls: URL[], folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
	for (const scriptUrl of scriptUrls) {
		const { name, base } = path.parse(scriptUrl.pathname);
		const { outputText } = ts.transpileModule(await readFile(scriptUrl, 'utf8'), { compilerOptions, fileName: base });
		await writeFile(path.join(folder, `${name}.mjs`), outputText);
	}
}
