/** Command of the project that passes or fails. */
export interface Check {
	title: string;
	/** Command in node_modules/.bin, npm or node, and its arguments. */
	command: [string, ...string[]];
	env?: Record<string, string>;
	/** Output that fails the check: some tools warn and exit with 0. */
	forbiddenOutput?: RegExp;
}

/** Empties dist/ and builds it, which also checks the types on n8n 2.x. Checks of dist/ come after it. */
export const buildCheck: Check = { title: 'build, types: source, n8n 2.x', command: ['gulp'] };

/** Linters and type checks, the slow ones first, so that a parallel run ends early. n8n's gate requires dist/. */
export const lintChecks: Check[] = [
	{
		title: 'lint: source, with the newest rules of n8n-nodes-base',
		// The cache contains the results of unchanged files, also if a file that they import is gone. CI has no cache.
		command: [
			'eslint',
			'--config',
			'eslint.source.config.mjs',
			'--max-warnings',
			'0',
			'--cache',
			'--cache-strategy',
			'content',
			'--cache-location',
			'.tmp/cache/eslint',
			'nodes',
			'credentials',
			'package.json',
		],
	},
	{ title: "lint: n8n's own gate", command: ['tsx', 'scripts/gate.mts'] },
	{ title: 'lint: format', command: ['oxfmt', '--check', '.'] },
	{ title: 'lint: n8n-node lint (strict)', command: ['n8n-node', 'lint'], forbiddenOutput: /✖ \d+ problem/u },
	{
		title: 'lint: API contract',
		command: ['redocly', 'lint', 'contract/gofive.openapi.yaml', '--max-problems', '50'],
		// Without these, Redocly's CLI sends usage data.
		env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
		forbiddenOutput: /You have \d+ warning/u,
	},
	{
		title: 'lint and types: tests, scripts, sandbox; import cycles and comments: source',
		command: ['oxlint', '.'],
	},
	{
		title: 'types: source, n8n 1.123',
		command: ['node', 'node_modules/typescript-7/bin/tsc', '--project', 'tsconfig.oldest.json'],
	},
	{ title: 'lint: unused files, exports, packages', command: ['knip'] },
	{ title: 'lint: duplicated lines', command: ['jscpd'] },
];
