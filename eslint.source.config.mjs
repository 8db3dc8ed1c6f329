import { readdirSync } from 'node:fs';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import { defineConfig } from 'eslint/config';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import regexp from 'eslint-plugin-regexp';
import sonarjs from 'eslint-plugin-sonarjs';
import tseslint from 'typescript-eslint';

const NODE = 'nodes/GoFive';
/** Kinds of operations that know no other kind. */
const otherKinds = readdirSync(`${NODE}/operation/kinds`).filter((name) => !['access', 'endpoint', 'index.ts'].includes(name));
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
		message: 'Imports run one way, down the LAYERS in eslint.source.config.mjs.',
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
const SEND_CALL =
	'Identifier[name=/^(httpRequest|requestWith)/], CallExpression > Identifier.callee[name="fetch"]';
// The project's own rules for the source. n8n's rules are in eslint.config.mjs, which strict mode keeps at its default.
// Also the newest n8n-nodes-base rules, because n8n's tools contain an older release. The rules that n8n switches off are
// off here too. Tests, scripts and the sandbox have their rules in .oxlintrc.json.
export default defineConfig(
	{ linterOptions: { noInlineConfig: true } },
	{
		files: ['{nodes,credentials}/**/*.ts', 'package.json'],
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		plugins: { 'n8n-nodes-base': nodesBase },
	},
	{
		files: ['{nodes,credentials}/**/*.ts'],
		plugins: { 'import-x': importX, regexp, sonarjs },
		settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: 'tsconfig.json' })] },
		rules: {
			'sonarjs/cognitive-complexity': ['error', 10],
			'max-lines': ['error', 250],
			'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
			'regexp/no-super-linear-backtracking': 'error',
			'regexp/no-super-linear-move': 'error',
			'import-x/no-restricted-paths': ['error', { zones: [...zones, ...describeOnly, throughIndex] }],
			'import-x/no-unresolved': ['error', { ignore: ['^crypto$'] }],
			// What the next rule does not see: import().
			'import-x/no-extraneous-dependencies': ['error', { devDependencies: false }],
			'no-restricted-imports': [
				'error',
				{ patterns: [{ regex: '^(?!\\.|n8n-workflow$|crypto$)', message: 'The package has no dependency.' }] },
			],
		},
	},
	{
		files: [`${NODE}/{api,time,shared}/**/*.ts`],
		rules: {
			'no-restricted-syntax': [
				'error',
				{ selector: 'Identifier[name="getNodeParameter"]', message: 'api/, time/ and shared/ know no parameter of n8n.' },
			],
		},
	},
	{
		files: [`${NODE}/{resources,operation,trigger}/**/*.ts`],
		rules: {
			'no-restricted-syntax': ['error', { selector: SEND_CALL, message: 'Only api/ sends.' }],
		},
	},
	{
		files: [`${NODE}/operation/{entity,field,operation}.ts`],
		rules: {
			'no-restricted-syntax': [
				'error',
				{ selector: 'ImportDeclaration[importKind="value"]', message: 'Types import no code.' },
			],
		},
	},
	{ files: ['package.json'], rules: nodesBase.configs.community.rules },
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...nodesBase.configs.credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...nodesBase.configs.nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
);
