/**
 * `npm run generate`: writes the output schemas and the tables of the documents.
 * Nothing imports this file. Start reading at generate/generateFiles.mts.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generateFiles, SCHEMAS_FOLDER } from './generate/generateFiles.mts';

const files = await generateFiles();
await rm(SCHEMAS_FOLDER, { recursive: true, force: true });
for (const [file, text] of Object.entries(files)) {
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, text);
}
console.log(
	`${Object.keys(files).length} files were generated from the operations. Next: review the changes with git diff, and commit them.`,
);
