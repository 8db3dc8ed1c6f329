/**
 * n8n's own gate, as @n8n/scan-community-package applies it to a published package: its rules over
 * the source and over the packed tarball, with no inline exceptions. Unlike n8n's scanner, warnings
 * count: the bound is 0 errors and 0 warnings.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildScanConfig, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
import type { ESLint as ESLintClass } from 'eslint';
import { execa } from 'execa';
import { build } from './checks/list.mts';
import { pack } from './checks/pack.mts';
import { runCheck } from './checks/run.mts';

// The scanner's own ESLint, not the project's.
const scannerRequire = createRequire(import.meta.resolve('@n8n/scan-community-package/scanner/scanner.mjs'));
const { ESLint } = scannerRequire('eslint') as { ESLint: typeof ESLintClass };

/** Lints what the patterns match below a folder, prints the findings, and returns their number. */
async function scan(title: string, cwd: string, patterns: string[]): Promise<number> {
	const eslint = new ESLint({
		cwd,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	const results = await eslint.lintFiles(patterns);
	const sum = (key: 'errorCount' | 'warningCount') => results.reduce((total, result) => total + result[key], 0);
	const [errors, warnings] = [sum('errorCount'), sum('warningCount')];
	const formatter = await eslint.loadFormatter('stylish');
	console.log(`${title}: ${results.length} files, ${errors} errors, ${warnings} warnings`);
	if (errors + warnings > 0) console.log(await formatter.format(results));
	return errors + warnings;
}

if (!process.argv.includes('--built')) {
	console.log('Building ...');
	const outcome = await runCheck(build);
	if (!outcome.passed) throw new Error(`The build did not pass.\n${outcome.output}`);
}

const temporary = await mkdtemp(path.join(tmpdir(), 'gofive-gate-'));
try {
	const unpacked = path.join(temporary, 'unpacked');
	await mkdir(unpacked);
	const { filename } = await pack(temporary);
	await execa('tar', ['-xzf', filename, '-C', 'unpacked', '--strip-components=1'], { cwd: temporary });

	const findings =
		(await scan('Source', process.cwd(), SOURCE_FILE_PATTERNS)) +
		(await scan('Packed tarball', unpacked, ['**/*.js', 'package.json']));
	console.log(
		findings === 0
			? "n8n's gate passes with 0 errors and 0 warnings. Next: npm test."
			: "n8n's gate does not pass. Correct the lines above; comments that switch a rule off have no effect.",
	);
	process.exitCode = findings === 0 ? 0 : 1;
} finally {
	await rm(temporary, { recursive: true, force: true });
}
