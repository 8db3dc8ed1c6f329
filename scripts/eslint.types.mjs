// Rules that require types, for `npm run lint:typed`: promises, and values of type any. They take most of the time of
// ESLint, so `npm test` runs them, but not `npm run check`. The other rules are in eslint.rules.mjs.
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
	{ linterOptions: { noInlineConfig: true } },
	{
		files: ['**/*.{ts,cts,mts}'],
		extends: [tseslint.configs.recommendedTypeCheckedOnly],
		languageOptions: { parserOptions: { project: ['tsconfig.json', 'test/tsconfig.json'] } },
		rules: {
			'@typescript-eslint/require-await': 'off',
			'@typescript-eslint/unbound-method': 'off',
			// Values of JSON are unknown until they are shown.
			'@typescript-eslint/no-base-to-string': 'off',
		},
	},
	{
		files: ['{nodes,credentials}/**/*.ts'],
		rules: {
			// An error that was kept is thrown again.
			'@typescript-eslint/only-throw-error': 'off',
		},
	},
	{
		files: ['test/**/*.cts'],
		rules: {
			// jest types its matchers, such as expect.any(String), as any.
			'@typescript-eslint/no-unsafe-assignment': 'off',
		},
	},
	{
		// The runner itself waits for what these return.
		files: ['test/e2e/*.mts'],
		rules: {
			'@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: ['suite', 'test'] }],
		},
	},
);
