// Rules of this repository, for `npm run lint:code`: layers, sizes, and what each folder may not use. The rules that
// require types are in eslint.types.mjs. n8n's own rules are in eslint.config.mjs, which strict mode keeps at its default.
import { readdirSync } from 'node:fs';
import { config as n8nConfig } from '@n8n/node-cli/eslint';
import regexp from 'eslint-plugin-regexp';
import sonarjs from 'eslint-plugin-sonarjs';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** From n8n's config, so that both configs use the same plugin and the same resolver. */
const { 'import-x': importX } = Object.assign({}, ...n8nConfig.map(({ plugins }) => plugins));
const importSettings = Object.assign({}, ...n8nConfig.map(({ settings }) => settings));

const NODE = 'nodes/GoFive';
/** Kinds of operations that know no other kind. */
const otherKinds = readdirSync(`${NODE}/operation/kinds`).filter(
	(name) => !['access', 'endpoint', 'index.ts'].includes(name),
);
/** Import order, from the node files down: a file imports from its own folder and from the layers below it. */
const LAYERS = [
	[`${NODE}/*.node.ts`],
	[`${NODE}/trigger/**/*`],
	[`${NODE}/resources/**/*`],
	[`${NODE}/operation/{index,run/executeOperation}.ts`, `${NODE}/operation/describe/**/*`],
	[`${NODE}/operation/kinds/access/**/*`],
	[`${NODE}/operation/kinds/*.ts`],
	[`${NODE}/operation/kinds/endpoint/**/*`],
	otherKinds.map((kind) => `${NODE}/operation/kinds/${kind}/**/*`),
	[`${NODE}/operation/run/!(executeOperation).ts`],
	[`${NODE}/operation/reading/**/*`],
	[`${NODE}/operation/records/**/*`],
	[`${NODE}/operation/fields/**/*`],
	[`${NODE}/operation/!(index).ts`, 'credentials/**/*'],
	[`${NODE}/api/**/*`],
	[`${NODE}/time/**/*`],
	[`${NODE}/shared/**/*`],
];
const zones = LAYERS.flatMap((folders, layer) =>
	folders.map((target) => ({
		target,
		from: [...LAYERS.slice(0, layer).flat(), ...folders.filter((folder) => folder !== target)],
		message: 'Imports run one way, down the LAYERS in scripts/eslint.rules.mjs.',
	})),
).filter(({ from }) => from.length > 0);
const describeOnly = ['client.ts', 'transport.ts', 'tokenRequest.ts'].map((part) => ({
	target: `${NODE}/resources/**/*`,
	from: `${NODE}/api/${part}`,
	message: 'A resource describes requests and never sends them.',
}));
const throughIndex = {
	target: `${NODE}/resources/**/*`,
	from: [`${NODE}/operation/*/**/*`, `${NODE}/operation/!(index).ts`],
	message: 'A resource imports operation/index.ts.',
};

/** Forbids syntax in files. Of several such blocks for a file, the last one applies. */
const forbid = (files, selector, message) => ({
	files,
	rules: { 'no-restricted-syntax': ['error', { selector, message }] },
});
const READ_PARAMETER = 'Identifier[name="getNodeParameter"]';
const SEND_CALL = 'Identifier[name=/^(httpRequest|requestWith)/], CallExpression > Identifier.callee[name="fetch"]';
const TEST =
	':matches(CallExpression:matches([callee.name="test"], [callee.callee.object.name="test"]), FunctionDeclaration, VariableDeclarator > ArrowFunctionExpression)';
const CONDITION = ':matches(IfStatement, ConditionalExpression, LogicalExpression, CatchClause, SwitchCase)';
const EXPECTATION = 'CallExpression:matches([callee.name=/^expect/], [callee.property.name=/^expect/])';

export default defineConfig(
	{ linterOptions: { noInlineConfig: true } },
	{
		files: ['**/*.{ts,cts,mts}'],
		extends: [tseslint.configs.recommended],
		rules: {
			eqeqeq: 'error',
			// No comment switches the compiler off, even with a reason.
			'@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
		},
	},
	{
		files: ['{nodes,credentials}/**/*.ts'],
		plugins: { 'import-x': importX, regexp, sonarjs },
		settings: { ...importSettings, 'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] } },
		rules: {
			'sonarjs/cognitive-complexity': ['error', 10],
			'max-lines': ['error', 300],
			'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
			'regexp/no-super-linear-backtracking': 'error',
			'regexp/no-super-linear-move': 'error',
			'import-x/no-restricted-paths': ['error', { zones: [...zones, ...describeOnly, throughIndex] }],
			// Also finds import(), which the next rule does not see.
			'import-x/no-extraneous-dependencies': ['error', { devDependencies: false }],
			'no-restricted-imports': [
				'error',
				{ patterns: [{ regex: '^(?!\\.|n8n-workflow$|crypto$)', message: 'The package has no dependency.' }] },
			],
		},
	},
	forbid([`${NODE}/api/**/*.ts`], READ_PARAMETER, 'api/ knows no parameter of n8n.'),
	forbid([`${NODE}/{resources,operation,trigger}/**/*.ts`], SEND_CALL, 'Only api/ sends.'),
	forbid(
		[`${NODE}/{time,shared}/**/*.ts`],
		`${READ_PARAMETER}, ${SEND_CALL}`,
		'time/ and shared/ know no parameter of n8n, and send nothing.',
	),
	// These files send nothing, because they contain types only.
	forbid(
		[`${NODE}/operation/{entity,field,operation}.ts`],
		'ImportDeclaration[importKind="value"]',
		'Types import no code.',
	),
	forbid(['test/**/*.cts'], `${TEST} ${CONDITION} ${EXPECTATION}`, 'A condition may skip this expectation.'),
	// A test may load a module again.
	{ files: ['test/**/*.cts'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
