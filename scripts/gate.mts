/**
 * n8n's own gate, as @n8n/scan-community-package applies it to a published package: its rules over
 * the source and over the packed tarball, with no inline exceptions; and over the descriptions of the
 * nodes as they are derived. Unlike n8n's scanner, warnings count: the bound is 0 errors and 0 warnings.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildScanConfig, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
import type { ESLint as ESLintClass } from 'eslint';
import { execa } from 'execa';
import { packRepository } from './checks/npmPack.mts';
import { loadBuiltNodes } from './figures/packageAnalysis.mts';

// The scanner's own ESLint, not the project's.
const scannerRequire = createRequire(import.meta.resolve('@n8n/scan-community-package/scanner/scanner.mjs'));
const { ESLint } = scannerRequire('eslint') as { ESLint: typeof ESLintClass };

/** What the rules find in the derived descriptions and is meant so: the rule, and the parameters, or all of them. */
const ALLOWED_FINDINGS: Array<{ rule: string; parameters?: string[] }> = [
	// The order of a calendar or of a life; Any Endpoint comes last, and None first.
	{
		rule: 'n8n-nodes-base/node-param-options-type-unsorted-items',
		parameters: [
			'dateRange',
			'resource',
			'quotationStatus',
			'salesOrderStatus',
			'frequency',
			'leadStatus',
			'customerMaritalStatus',
		],
	},
	// Of a contact the name comes first.
	{ rule: 'n8n-nodes-base/node-param-collection-type-unsorted-items', parameters: ['contact'] },
	// What nobody has chosen is refused or left out, and never sent as the first of a list.
	{ rule: 'n8n-nodes-base/node-param-default-wrong-for-options' },
	// A row is filled in as it is read: product, quantity, price.
	{ rule: 'n8n-nodes-base/node-param-fixed-collection-type-unsorted-items' },
];

const createLinter = async (cwd: string) =>
	new ESLint({ cwd, allowInlineConfig: false, overrideConfigFile: true, overrideConfig: await buildScanConfig() });

/** Lints what the patterns match below a folder, prints the findings, and returns their number. */
async function lintPatterns(title: string, cwd: string, patterns: string[]): Promise<number> {
	const eslint = await createLinter(cwd);
	const results = await eslint.lintFiles(patterns);
	const sum = (key: 'errorCount' | 'warningCount') => results.reduce((total, result) => total + result[key], 0);
	const [errors, warnings] = [sum('errorCount'), sum('warningCount')];
	const formatter = await eslint.loadFormatter('stylish');
	console.log(`${title}: ${results.length} files, ${errors} errors, ${warnings} warnings`);
	if (errors + warnings > 0) console.log(await formatter.format(results));
	return errors + warnings;
}

/**
 * The rules see literals alone, and most of our parameters are given by calls. So the description that a built node
 * has is written out as a literal and linted as if it stood in the node's file. Returns the number of findings,
 * exceptions that meet nothing among them: without any the rules would no longer see the literals.
 */
async function lintDescriptions(): Promise<number> {
	const eslint = await createLinter(process.cwd());
	const unusedExceptions = new Set(ALLOWED_FINDINGS);
	let findings = 0;
	for (const { file, name, description } of await loadBuiltNodes()) {
		const literal = JSON.stringify(description, null, '\t')
			.replaceAll(/^(\t*)"(\w+)":/gmu, '$1$2:')
			.replaceAll('"main"', 'NodeConnectionTypes.Main');
		const text = `export class ${name} implements INodeType {\n\tdescription: INodeTypeDescription = ${literal};\n}\n`;
		const filePath = path.resolve(file.replace(/^dist\/(.*)\.js$/u, '$1.ts'));
		const lines = text.split('\n');
		for (const { messages } of await eslint.lintText(text, { filePath })) {
			for (const { ruleId, line, message } of messages) {
				const namePrefix = `${/^\t*/u.exec(lines[line - 1] ?? '')?.[0] ?? ''}name: "`;
				const parameter =
					lines
						.slice(0, line)
						.findLast((candidate) => candidate.startsWith(namePrefix))
						?.split('"')[1] ?? '';
				const exception = ALLOWED_FINDINGS.find(
					({ rule, parameters }) => rule === ruleId && (parameters?.includes(parameter) ?? true),
				);
				if (exception) unusedExceptions.delete(exception);
				else console.log(`  ${name}, parameter '${parameter}': ${message} (${ruleId})\n    ${lines[line - 1]?.trim()}`);
				if (!exception) findings += 1;
			}
		}
	}
	for (const { rule } of unusedExceptions)
		console.log(`  The exception from ${rule} meets nothing: take it out, or the rules see nothing.`);
	console.log(
		`Derived descriptions: ${findings} findings, ${ALLOWED_FINDINGS.length - unusedExceptions.size} of ${ALLOWED_FINDINGS.length} exceptions needed`,
	);
	return findings + unusedExceptions.size;
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
			? "n8n's gate passes with 0 errors and 0 warnings. Next: npm test."
			: "n8n's gate does not pass. Correct the lines above; comments that switch a rule off have no effect.",
	);
	process.exitCode = findings === 0 ? 0 : 1;
} finally {
	await rm(temporaryFolder, { recursive: true, force: true });
}
