import path from 'node:path';
import ts from 'typescript';

/** One import of a file: the module it names, and whether only types come from it. */
interface Import {
	module: string;
	typesOnly: boolean;
}

/** From the node files down: a file imports from its own folder and from folders of a higher number. */
const RANK: Record<string, number> = { node: 0, resources: 1, trigger: 1, credentials: 2, operation: 2, api: 3, time: 4 };

const PACKAGES = new Set(['n8n-workflow', 'crypto', 'node:crypto']);

const SENDING = ['httpRequest', 'httpRequestWithAuthentication', 'requestWithAuthenticationPaginated', 'fetch'];

const parse = (file: string, text: string): ts.SourceFile =>
	ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);

/** The path, without its ending, that a relative import of a file names. */
const targetOf = (file: string, module: string): string => path.posix.join(path.posix.dirname(file), module);

/** The part of the house a file belongs to, by its path from the root of the checkout. */
function layerOf(file: string): string | undefined {
	if (file.startsWith('credentials/')) return 'credentials';
	const below = /^nodes\/GoFive\/(?<folders>(?:[^/]+\/)*)[^/]+$/u.exec(file)?.groups?.folders;
	if (below === undefined) return undefined;
	const layer = below.split('/')[0] || 'node';
	return layer in RANK ? layer : undefined;
}

function importsOf(tree: ts.SourceFile): Import[] {
	const found: Import[] = [];
	const add = (module: ts.Node | undefined, typesOnly: boolean): void => {
		if (module && ts.isStringLiteralLike(module)) found.push({ module: module.text, typesOnly });
	};
	const look = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node)) {
			const clause = node.importClause;
			const named = clause?.namedBindings;
			const onlyTypes =
				named && ts.isNamedImports(named) && !clause.name && named.elements.every(({ isTypeOnly }) => isTypeOnly);
			add(node.moduleSpecifier, clause?.isTypeOnly === true || onlyTypes === true);
		} else if (ts.isExportDeclaration(node)) {
			add(node.moduleSpecifier, node.isTypeOnly);
		} else if (ts.isExternalModuleReference(node)) {
			add(node.expression, false);
		} else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
			add(node.argument.literal, true);
		} else if (ts.isCallExpression(node)) {
			const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
			if (isRequire || node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], false);
		}
		node.forEachChild(look);
	};
	tree.forEachChild(look);
	return found;
}

function identifiersOf(tree: ts.SourceFile): Set<string> {
	const names = new Set<string>();
	const look = (node: ts.Node): void => {
		if (ts.isIdentifier(node)) names.add(node.text);
		node.forEachChild(look);
	};
	tree.forEachChild(look);
	return names;
}

/** What is against the rules in one import; nothing when it is allowed. */
function againstRules(
	file: string,
	layer: string,
	{ module, typesOnly }: Import,
	senders: ReadonlySet<string>,
): string | undefined {
	if (!module.startsWith('.')) {
		return PACKAGES.has(module) ? undefined : `imports the package ${module}`;
	}
	const target = targetOf(file, module);
	if (/\.node(?:\.[jt]s)?$/u.test(target)) return `imports the node file ${target}`;
	// `../api` names the folder's index.
	const targetLayer = layerOf(`${target}/index`) ?? layerOf(target);
	if (targetLayer === undefined) return `imports ${target}, which is outside the published source`;
	if (targetLayer === layer) return undefined;
	if (layer === 'resources' && !typesOnly && (senders.has(`${target}.ts`) || senders.has(`${target}/index.ts`))) {
		return `imports ${target}, which sends: a resource describes requests`;
	}
	const [from = 0, to = 0] = [RANK[layer], RANK[targetLayer]];
	return to > from ? undefined : `imports ${target}: ${layer} must not know ${targetLayer}`;
}

/**
 * Finds the files that send: those that call n8n's HTTP helpers, and those that import one of them.
 * @param files the text of each file by its path from the root of the checkout.
 */
export function sendersAmong(files: ReadonlyMap<string, string>): Set<string> {
	const senders = new Set<string>();
	const needs = new Map<string, string[]>();
	for (const [file, text] of files) {
		const tree = parse(file, text);
		const names = identifiersOf(tree);
		if (SENDING.some((name) => names.has(name))) senders.add(file);
		const values = importsOf(tree).filter(({ module, typesOnly }) => module.startsWith('.') && !typesOnly);
		needs.set(file, values.map(({ module }) => targetOf(file, module)));
	}
	const sends = (target: string): boolean => senders.has(`${target}.ts`) || senders.has(`${target}/index.ts`);
	let before: number;
	do {
		before = senders.size;
		for (const [file, targets] of needs) if (targets.some(sends)) senders.add(file);
	} while (senders.size > before);
	return senders;
}

/**
 * Checks one file of the published source against the house's rules.
 * @param file its path from the root of the checkout, with forward slashes.
 * @param senders the files that send, see sendersAmong.
 * @returns a line for everything that is against a rule.
 */
export function violations(file: string, text: string, senders: ReadonlySet<string>): string[] {
	const layer = layerOf(file);
	if (layer === undefined) return [`${file}: belongs to no part of the house`];
	const tree = parse(file, text);
	const found = importsOf(tree).map((one) => againstRules(file, layer, one, senders));
	const names = identifiersOf(tree);
	if ((layer === 'api' || layer === 'time') && names.has('getNodeParameter')) found.push('reads an n8n parameter');
	if (layer === 'resources') {
		for (const name of SENDING) if (names.has(name)) found.push(`sends (${name})`);
	}
	return found.filter((line) => line !== undefined).map((line) => `${file}: ${line}`);
}
