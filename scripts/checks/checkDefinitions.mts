/** One command of the project that either passes or does not. */
export interface Check {
	title: string;
	/** A command below node_modules/.bin (or npm) and its arguments. */
	command: [string, ...string[]];
	env?: Record<string, string>;
	/** A check also fails when its output matches: some tools end with 0 although they warned. */
	forbiddenOutput?: RegExp;
}

/** Cleans dist/ and builds it. Everything that looks at dist/ or at the package comes after it. */
export const buildCheck: Check = { title: 'build', command: ['gulp'] };

/** The published source on both n8n-workflow releases, and the tools. */
export const typeChecks: Check[] = [
	{ title: 'types: source, n8n 2.x', command: ['tsc', '--project', 'tsconfig.json', '--noEmit'] },
	{ title: 'types: source, n8n 1.123', command: ['tsc', '--project', 'tsconfig.oldest.json'] },
	{ title: 'types: tests, scripts, sandbox', command: ['tsc', '--project', 'tsconfig.tools.json'] },
];

/** The linters; the last one, n8n's own gate, needs dist/. */
export const lintChecks: Check[] = [
	{ title: 'lint: n8n-node lint (strict)', command: ['n8n-node', 'lint'], forbiddenOutput: /✖ \d+ problem/u },
	{
		title: 'lint: tests, scripts, sandbox; newest n8n-nodes-base',
		command: ['eslint', '--config', 'eslint.tools.config.mjs', '--max-warnings', '0', '.'],
	},
	{
		title: 'lint: API contract',
		command: ['redocly', 'lint', 'contract/gofive.openapi.yaml', '--max-problems', '50'],
		// Without these, Redocly's CLI calls home.
		env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
		forbiddenOutput: /You have \d+ warning/u,
	},
	{ title: 'lint: format', command: ['prettier', '--check', '.'] },
	{ title: 'lint: unused files, exports, packages', command: ['knip'] },
	{ title: "lint: n8n's own gate", command: ['tsx', 'scripts/gate.mts'] },
];

/** The house figures; need dist/. */
export const figuresCheck: Check = { title: 'figures', command: ['tsx', 'scripts/figures.mts'] };
