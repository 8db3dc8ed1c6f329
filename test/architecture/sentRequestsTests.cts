import path from 'node:path';
import ts from 'typescript';

const root = path.join(__dirname, '..', '..');
const NODE_FOLDER = path.join(root, 'nodes', 'GoFive');

/** Starts TypeScript's language service for the published source, as an editor does. */
function startLanguageService(): ts.LanguageService {
	const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
	const config = ts.getParsedCommandLineOfConfigFile(path.join(root, 'tsconfig.json'), {}, host);
	if (!config || config.fileNames.length === 0) throw new Error('tsconfig.json names no files.');
	return ts.createLanguageService({
		getCompilationSettings: () => config.options,
		getScriptFileNames: () => config.fileNames,
		getScriptVersion: () => '1',
		getScriptSnapshot: (file) => {
			const text = ts.sys.readFile(file);
			return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
		},
		getCurrentDirectory: () => root,
		getDefaultLibFileName: ts.getDefaultLibFilePath,
		// Without the types of packages, on which these uses do not depend, the service starts in a third of the time.
		fileExists: (file) => !file.includes('/node_modules/') && ts.sys.fileExists(file),
		readFile: ts.sys.readFile,
		readDirectory: ts.sys.readDirectory,
	});
}

const service = startLanguageService();
afterAll(() => service.dispose());

/** Finds the name of a method where its class declares it. */
function findDeclaredName(source: ts.SourceFile, className: string, methodName: string): ts.Node {
	const classes = source.statements.filter(ts.isClassDeclaration).filter(({ name }) => name?.text === className);
	const methods = classes.flatMap(({ members }) => [...members].filter(ts.isMethodDeclaration));
	const names = methods.map(({ name }) => name).filter((name) => name.getText(source) === methodName);
	const [name] = names;
	if (!name || names.length > 1)
		throw new Error(`${source.fileName} does not declare ${className}.${methodName} once.`);
	return name;
}

/**
 * Returns the name of the function or method around a position. Undefined if the position is inside a comment, whose
 * links are references, too.
 */
function findFunctionName(source: ts.SourceFile, position: number): string | undefined {
	let functionName = '(no function)';
	let isCode = false;
	const visit = (node: ts.Node): void => {
		if (node.getStart(source) > position || node.getEnd() <= position) return;
		if (ts.isMethodDeclaration(node) || ts.isFunctionDeclaration(node)) functionName = node.name?.getText(source) ?? '';
		if (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) isCode = true;
		node.forEachChild(visit);
	};
	visit(source);
	return isCode ? functionName : undefined;
}

/** Lists where a method is used, in whatever way: as file and function, once per use. */
function listUses(file: string, className: string, methodName: string): string[] {
	const program = service.getProgram();
	const source = program?.getSourceFile(path.join(NODE_FOLDER, file));
	if (!program || !source) throw new Error(`There is no file ${file}.`);
	const declaredName = findDeclaredName(source, className, methodName);
	const entries = service.findReferences(source.fileName, declaredName.getStart(source)) ?? [];
	const references = entries.flatMap((entry) => entry.references).filter(({ isDefinition }) => isDefinition !== true);
	const uses: string[] = [];
	for (const { fileName, textSpan } of references) {
		const functionName = findFunctionName(program.getSourceFile(fileName) as ts.SourceFile, textSpan.start);
		const usingFile = path.relative(NODE_FOLDER, fileName).replaceAll(path.sep, '/');
		if (functionName !== undefined) uses.push(`${usingFile} ${functionName}`);
	}
	return uses.sort();
}

// The credential itself requests tokens, and the live check in scripts/ sends requests of its own.
test.each([
	['api/transport.ts', 'Transport', ['api/session.ts sendAndEvaluate']],
	['api/session.ts', 'Session', ['api/client.ts sendOnce']],
	[
		'api/client.ts',
		'Client',
		[
			'operation/kinds/batch/runBatches.ts sendBatch',
			'operation/kinds/update/runUpdates.ts sendPlan',
			'operation/kinds/write/runWrites.ts runWrite',
			'operation/reading/readParts.ts readPart',
		],
	],
])('the method send of %s is called in these places only', (file, className, uses) => {
	expect(listUses(file, className, 'send')).toEqual(uses);
});

test('an HTTP request is sent by one method, which is called by the method that sends once', () => {
	expect(listUses('api/client.ts', 'Client', 'sendOnce')).toEqual(['api/client.ts sendUntilDone']);
});
