import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { generatedFiles, SCHEMAS } from '../../scripts/generate/files.mts';

const root = path.join(__dirname, '..', '..');
const files = Object.entries(generatedFiles());

test.each(files)('%s follows from the operations', (file, text) => {
	const found = existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : 'missing';
	if (found !== text) throw new Error(`${file} does not follow from the operations any more. Run: npm run generate`);
});

test('there is no schema of an operation that is no more', () => {
	const found = readdirSync(path.join(root, SCHEMAS), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
	expect(found.map((name) => `${SCHEMAS}/${name}`).sort()).toEqual(files.map(([file]) => file).filter((file) => file.startsWith(SCHEMAS)).sort());
});
