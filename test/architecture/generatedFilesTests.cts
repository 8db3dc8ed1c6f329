import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { generateFiles, SCHEMAS_FOLDER } from '../../scripts/generate/generateFiles.mts';

const root = path.join(__dirname, '..', '..');
const readFileText = (file: string) =>
	existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : 'missing';

test('generated files are up to date with the operations', async () => {
	const outdated = Object.entries(await generateFiles()).filter(([file, text]) => readFileText(file) !== text);
	if (outdated.length > 0)
		throw new Error(
			`Not as it follows from the operations: ${outdated.map(([file]) => file).join(', ')}. Run: npm run generate`,
		);
});

test('every output schema belongs to an existing operation', async () => {
	const generatedPaths = Object.keys(await generateFiles()).filter((file) => file.startsWith(SCHEMAS_FOLDER));
	const existingPaths = readdirSync(path.join(root, SCHEMAS_FOLDER), { recursive: true, encoding: 'utf8' }).filter(
		(name) => name.endsWith('.json'),
	);
	expect(existingPaths.map((name) => `${SCHEMAS_FOLDER}/${name}`).sort()).toEqual(generatedPaths.sort());
});
