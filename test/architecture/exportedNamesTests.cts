import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.join(__dirname, '..', '..');
const FOLDERS = ['credentials', 'nodes', 'sandbox', 'scripts', 'test'];
/** Folders below scripts/ with packages of their own. */
const INSTALLED = /(?:^|\/)node_modules\//;
/** Operations are named after their value (`get`, `upsert`), in a file of that name. */
const OPERATION_FILE = /^nodes\/GoFive\/resources\/\w+\/(\w+)\.ts$/;

const sourceFiles = FOLDERS.flatMap((folder) =>
	readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
).filter((file) => /\.[cm]?ts$/.test(file) && !INSTALLED.test(file));

/** Names of a declaration. A variable that is destructured from `require()` is a re-export and has none. */
function getDeclaredNames(statement: ts.Statement): string[] {
	if (!ts.isVariableStatement(statement)) {
		const { name } = statement as ts.DeclarationStatement;
		return name && ts.isIdentifier(name) ? [name.text] : [];
	}
	return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
}

/** Names that a file declares and exports. Re-exports (`export ... from`) are not among them. */
function getExportedNames(file: string): string[] {
	const text = readFileSync(path.join(root, file), 'utf8');
	const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
	const isExported = (statement: ts.Statement) =>
		ts.canHaveModifiers(statement) &&
		ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
	const names = new Set(statements.filter(isExported).flatMap(getDeclaredNames));
	// A function with overloads, and a constant and a type that belong together, count once.
	return [...names].filter((name) => name !== OPERATION_FILE.exec(file)?.[1]);
}

test('exported names are unique', () => {
	const filesByName = new Map<string, string[]>();
	for (const file of sourceFiles)
		for (const name of getExportedNames(file)) filesByName.set(name, [...(filesByName.get(name) ?? []), file]);
	expect(filesByName.size).toBeGreaterThan(500);
	expect(Object.fromEntries([...filesByName].filter(([, files]) => files.length > 1))).toEqual({});
});
