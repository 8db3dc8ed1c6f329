import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.join(__dirname, '../..');
const files = ['nodes', 'credentials'].flatMap((folder) =>
	readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => path.posix.join(folder, ...name.split(path.sep))),
);

/** Lists the files of the package that a file imports, including imports of types. */
function listImports(file: string): string[] {
	const { importedFiles } = ts.preProcessFile(readFileSync(path.join(root, file), 'utf8'));
	const targets = importedFiles.map(({ fileName }) => path.posix.join(path.posix.dirname(file), fileName));
	return files.filter((other) => targets.some((target) => [`${target}.ts`, `${target}/index.ts`].includes(other)));
}

const importsByFile = new Map(files.map((file) => [file, listImports(file)]));
const finishedFiles = new Set<string>();

/**
 * Lists the circles to which the imports of a file lead.
 * @param trail - Files from the first one to the importing file
 */
function listCircles(file: string, trail: string[] = []): string[] {
	if (trail.includes(file)) return [[...trail.slice(trail.indexOf(file)), file].join(' > ')];
	if (finishedFiles.has(file)) return [];
	const circles = (importsByFile.get(file) ?? []).flatMap((other) => listCircles(other, [...trail, file]));
	finishedFiles.add(file);
	return circles;
}

// ESLint and knip see no circle of types.
test('no import is circular', () => {
	expect([...importsByFile.values()].flat().length).toBeGreaterThan(500);
	expect(files.flatMap((file) => listCircles(file))).toEqual([]);
});
