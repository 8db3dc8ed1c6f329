import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { generatedFiles, SCHEMAS } from '../../scripts/generate/files.mts';

const root = path.join(__dirname, '..', '..');
const textOf = (file: string) => (existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : 'missing');

test('what follows from the operations is as npm run generate makes it', async () => {
	const outdated = Object.entries(await generatedFiles()).filter(([file, text]) => textOf(file) !== text);
	if (outdated.length > 0) throw new Error(`Not as it follows from the operations: ${outdated.map(([file]) => file).join(', ')}. Run: npm run generate`);
});

test('there is no schema of an operation that is no more', async () => {
	const made = Object.keys(await generatedFiles()).filter((file) => file.startsWith(SCHEMAS));
	const found = readdirSync(path.join(root, SCHEMAS), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
	expect(found.map((name) => `${SCHEMAS}/${name}`).sort()).toEqual(made.sort());
});
