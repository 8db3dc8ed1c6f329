import nodesBase from 'eslint-plugin-n8n-nodes-base';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

// What n8n's own config (eslint.config.mjs, which strict mode keeps at its default) does not look at:
// tests, scripts, the sandbox and the config files; and the newest n8n-nodes-base rules, of which
// n8n's tools still carry the release before. The rules that n8n switches off are off here too.
export default defineConfig(
	{ ignores: ['dist/', 'coverage/', '.tmp/'] },
	{ linterOptions: { noInlineConfig: true } },
	{
		files: ['**/*.{cts,mts}'],
		extends: [tseslint.configs.recommendedTypeChecked],
		languageOptions: {
			parserOptions: { project: 'tsconfig.tools.json', tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			// jest's own idiom: expect(client.send).toHaveBeenCalled()
			'@typescript-eslint/unbound-method': 'off',
			'@typescript-eslint/require-await': 'off',
			eqeqeq: 'error',
		},
	},
	{
		// jest types its matchers, such as expect.any(String), as any.
		files: ['test/**/*.cts'],
		rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
	},
	{
		files: ['**/*.{js,cjs,mjs}'],
		extends: [tseslint.configs.recommended],
		rules: { eqeqeq: 'error' },
	},
	{
		// CommonJS: the built files, and an engine's copy of a package, are loaded by path.
		files: ['**/*.{cts,js,cjs}'],
		rules: { '@typescript-eslint/no-require-imports': 'off' },
	},
	{
		files: ['{nodes,credentials}/**/*.ts', 'package.json'],
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		plugins: { 'n8n-nodes-base': nodesBase },
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
