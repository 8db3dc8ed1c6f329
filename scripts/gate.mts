/**
 * `npm run gate`: n8n's own checks of a community package, with no inline exceptions. Warnings count as errors.
 * Needs dist/. Nothing imports this file. Start reading at its end: the source, the generated descriptions of the nodes
 * and the packed tarball are checked in this order.
 */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { buildScanConfig, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
import type { ESLint as ESLintClass } from 'eslint';
import { execa } from 'execa';
import type { INodeType } from 'n8n-workflow';
import ts from 'typescript';
import { packRepository } from './checks/npmPack.mts';

// The scanner's own ESLint, not the project's.
const scannerRequire = createRequire(import.meta.resolve('@n8n/scan-community-package/scanner/scanner.mjs'));
const { ESLint } = scannerRequire('eslint') as { ESLint: typeof ESLintClass };

/** Intended findings in the generated descriptions: a rule, and its parameters if not all of them. */
const ALLOWED_FINDINGS: Array<{ rule: string; parameters?: string[] }> = [
	// Chronological order, or the order of a process. Any Endpoint is the last resource, None the first option.
	{
		rule: 'n8n-nodes-base/node-param-options-type-unsorted-items',
		parameters: [
			'triggerOn',
			'dateRange',
			'resource',
			'quotationStatus',
			'salesOrderStatus',
			'frequency',
			'leadStatus',
			'customerMaritalStatus',
		],
	},
	// The name of a contact comes first.
	{ rule: 'n8n-nodes-base/node-param-collection-type-unsorted-items', parameters: ['contact'] },
	// Options start empty, so that an untouched form never sends the first of them.
	{ rule: 'n8n-nodes-base/node-param-default-wrong-for-options' },
	// The inputs of a row are in reading order: product, quantity, price.
	{ rule: 'n8n-nodes-base/node-param-fixed-collection-type-unsorted-items' },
];

const createLinter = async (cwd: string) =>
	new ESLint({ cwd, allowInlineConfig: false, overrideConfigFile: true, overrideConfig: await buildScanConfig() });

/** Lints the files below a folder, prints the findings and returns their number. */
async function lintPatterns(title: string, cwd: string, patterns: string[]): Promise<number> {
	const eslint = await createLinter(cwd);
	const results = await eslint.lintFiles(patterns);
	const sum = (key: 'errorCount' | 'warningCount') => results.reduce((total, result) => total + result[key], 0);
	const errors = sum('errorCount');
	const warnings = sum('warningCount');
	const formatter = await eslint.loadFormatter('stylish');
	console.log(`${title}: ${results.length} files, ${errors} errors, ${warnings} warnings`);
	if (errors + warnings > 0) console.log(await formatter.format(results));
	return errors + warnings;
}

/** Finds the name of the innermost parameter that surrounds a position of the text. */
function findParameterName(node: ts.Node, position: number): string | undefined {
	const child = node.forEachChild((candidate) => (position < candidate.end ? candidate : undefined));
	const innerName = child && findParameterName(child, position);
	if (innerName !== undefined || !ts.isObjectLiteralExpression(node)) return innerName;
	const nameProperty = node.properties.find((property) => property.name?.getText() === 'name');
	return nameProperty && ts.isPropertyAssignment(nameProperty)
		? nameProperty.initializer.getText().slice(1, -1)
		: undefined;
}

/**
 * Lints the generated description of each built node as a literal in the node's file, since the rules see only literals
 * and most parameters are built by calls. Prints the findings and returns their number.
 */
async function lintDescriptions(): Promise<number> {
	const eslint = await createLinter(process.cwd());
	const { n8n } = JSON.parse(await readFile('package.json', 'utf8')) as { n8n: { nodes: string[] } };
	let findingCount = 0;
	let allowedCount = 0;
	for (const builtFile of n8n.nodes) {
		const nodeClasses = scannerRequire(path.resolve(builtFile)) as Record<string, new () => INodeType>;
		const [NodeClass] = Object.values(nodeClasses);
		if (!NodeClass) throw new Error(`${builtFile} exports no class`);
		const options = { compact: false, depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity };
		const literal = inspect(new NodeClass().description, options).replaceAll("'main'", 'NodeConnectionTypes.Main');
		const text = `export class ${NodeClass.name} implements INodeType { description: INodeTypeDescription = ${literal} }`;
		const tree = ts.createSourceFile('description.ts', text, ts.ScriptTarget.Latest, true);
		const filePath = path.resolve(builtFile.replace(/^dist\/(.*)\.js$/u, '$1.ts'));
		const results = await eslint.lintText(text, { filePath });
		for (const { ruleId, line, column, message } of results.flatMap(({ messages }) => messages)) {
			const position = ts.getPositionOfLineAndCharacter(tree, line - 1, column - 1);
			const parameter = findParameterName(tree, position) ?? '';
			const isAllowed = ALLOWED_FINDINGS.some(
				({ rule, parameters }) => rule === ruleId && (parameters?.includes(parameter) ?? true),
			);
			if (isAllowed) {
				allowedCount += 1;
				continue;
			}
			findingCount += 1;
			console.log(`  ${NodeClass.name}, parameter '${parameter}': ${message} (${ruleId})`);
		}
	}
	console.log(`Generated descriptions: ${findingCount} findings, ${allowedCount} allowed findings`);
	return findingCount;
}

const temporaryFolder = await mkdtemp(path.join(tmpdir(), 'gofive-gate-'));
try {
	const unpackedFolder = path.join(temporaryFolder, 'unpacked');
	await mkdir(unpackedFolder);
	const { filename } = await packRepository(temporaryFolder);
	await execa('tar', ['-xzf', filename, '-C', 'unpacked', '--strip-components=1'], { cwd: temporaryFolder });

	const findings =
		(await lintPatterns('Source', process.cwd(), SOURCE_FILE_PATTERNS)) +
		(await lintDescriptions()) +
		(await lintPatterns('Packed tarball', unpackedFolder, ['**/*.js', 'package.json']));
	console.log(
		findings === 0
			? "n8n's gate passes with 0 errors and 0 warnings. Next: run npm test."
			: "n8n's gate does not pass. Correct the findings above. Comments that disable a rule have no effect.",
	);
	process.exitCode = findings === 0 ? 0 : 1;
} finally {
	await rm(temporaryFolder, { recursive: true, force: true });
}
