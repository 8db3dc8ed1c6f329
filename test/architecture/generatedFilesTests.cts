import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { generateFiles, SCHEMAS_FOLDER } from '../../scripts/generate/generateFiles.mts';

const root = path.join(__dirname, '..', '..');
const readFileText = (file: string) =>
	existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : 'missing';

test('generated files are up to date with the operations, and every output schema belongs to one', async () => {
	const generatedFiles = await generateFiles();
	const outdated = Object.keys(generatedFiles).filter((file) => readFileText(file) !== generatedFiles[file]);
	if (outdated.length > 0)
		throw new Error(`Not as it follows from the operations: ${outdated.join(', ')}. Run: npm run generate`);
	const schemas = readdirSync(path.join(root, SCHEMAS_FOLDER), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.json'))
		.map((name) => `${SCHEMAS_FOLDER}/${name}`);
	expect(schemas.filter((file) => !(file in generatedFiles))).toEqual([]);
});
