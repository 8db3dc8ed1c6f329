import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const nodesFolder = path.join(__dirname, '../../nodes/GoFive');
const files = readdirSync(nodesFolder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** Lists the files that call a function, without the file that declares it. */
const listCallers = (name: string): string[] =>
	files.filter((file) => {
		const text = readFileSync(path.join(nodesFolder, file), 'utf8');
		return new RegExp(`\\b${name}\\(`).test(text) && !text.includes(`export async function ${name}(`);
	});

test('readPart, the only reader of responses, is called for parts, which runs, lists, names, polls and checks of the access read', () => {
	expect(listCallers('readPart')).toEqual(['operation/reading/readParts.ts']);
	expect(listCallers('readParts').sort()).toEqual([
		'operation/kinds/access/checkAccess.ts',
		'operation/reading/idToName.ts',
		'operation/reading/readAll.ts',
		'trigger/watchedParts.ts',
	]);
});
