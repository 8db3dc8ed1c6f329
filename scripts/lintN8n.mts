/**
 * `npm run lint:n8n`: checks the source with n8n's command, and the generated descriptions of the nodes and the files
 * of the package with n8n's scanner of community packages. Warnings count as errors. Needs dist/.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { inspect, stripVTControlCharacters } from 'node:util';
import { buildScanConfig } from '@n8n/scan-community-package/scanner/scanner.mjs';
import { execa } from 'execa';
import type { ESLint as ESLintClass } from 'eslint';
import type { INodeType } from 'n8n-workflow';
import ts from 'typescript';

// The scanner's own ESLint, not the project's.
const scannerRequire = createRequire(import.meta.resolve('@n8n/scan-community-package/scanner/scanner.mjs'));
const { ESLint } = scannerRequire('eslint') as { ESLint: typeof ESLintClass };

/** Intended findings in the generated descriptions: a rule, and its parameters if not all of them. */
const ALLOWED_FINDINGS: Array<{ rule: string; parameters?: string[] }> = [
	// Chronological order, or the order of a process. Any Endpoint is the last resource, None the first option. The
	// outputs are in the order of their use, and Week, Month and Quarter follow the other groups.
	{
		rule: 'n8n-nodes-base/node-param-options-type-unsorted-items',
		parameters: [
			'triggerOn',
			'dateRange',
			'groupBy',
			'output',
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

const eslint = new ESLint({
	allowInlineConfig: false,
	overrideConfigFile: true,
	overrideConfig: await buildScanConfig(),
});

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

/** Lints the code of the package and package.json. Prints the findings and returns their number. */
async function lintPackage(): Promise<number> {
	const results = await eslint.lintFiles(['dist/**/*.js', 'index.js', 'package.json']);
	const findingCount = results.reduce((total, { errorCount, warningCount }) => total + errorCount + warningCount, 0);
	console.log(`Package: ${results.length} files, ${findingCount} findings`);
	if (findingCount > 0) console.log(await (await eslint.loadFormatter('stylish')).format(results));
	return findingCount;
}

/** Lints the source with n8n's command, which accepts warnings. Prints its output and returns 1 if it has findings. */
async function lintSource(): Promise<number> {
	const { all, exitCode } = await execa('n8n-node', ['lint'], { all: true, preferLocal: true, reject: false });
	console.log(all);
	const hasWarnings = /✖ \d+ problem/u.test(stripVTControlCharacters(all));
	return exitCode !== 0 || hasWarnings ? 1 : 0;
}

const findingCount = (await lintSource()) + (await lintDescriptions()) + (await lintPackage());
console.log(
	findingCount === 0
		? 'The package passes with 0 errors and 0 warnings.'
		: 'The package does not pass. Correct the findings above. Comments that disable a rule have no effect.',
);
process.exitCode = findingCount === 0 ? 0 : 1;
