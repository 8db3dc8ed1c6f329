/**
 * `npm run generate`: writes the output schemas, the tables of the documents, and the list of all texts.
 * Nothing imports this file. Start reading at generate/generateFiles.mts.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generateFiles, SCHEMAS_FOLDER } from './generate/generateFiles.mts';
import { TEXT_LIST_FILE, writeTextList } from './generate/textList.mts';

const files = await generateFiles();
await rm(SCHEMAS_FOLDER, { recursive: true, force: true });
for (const [file, text] of Object.entries(files)) {
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, text);
}
console.log(
	`${TEXT_LIST_FILE} lists ${await writeTextList()} texts of forms, messages and examples. It is not committed.`,
);
console.log(
	`${Object.keys(files).length} files were generated from the operations. Next: review the changes with git diff, and commit them.`,
);
