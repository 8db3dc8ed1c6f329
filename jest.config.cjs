'use strict';

const esModules = '@apidevtools/json-schema-ref-parser/';

/** @param {'typescript' | 'ecmascript'} syntax */
const swc = (syntax) => [
	'@swc/jest',
	{
		swcrc: false,
		jsc: { parser: { syntax }, target: 'es2022' },
		module: { type: 'commonjs' },
		sourceMaps: 'inline',
	},
];

const shared = {
	rootDir: __dirname,
	testEnvironment: '<rootDir>/test/support/ordinaryGlobalEnvironment.cjs',
	setupFiles: ['<rootDir>/test/support/seedFastCheck.cts'],
	moduleFileExtensions: ['ts', 'cts', 'mts', 'js', 'cjs', 'mjs', 'json', 'node'],
	// Only TypeScript is compiled: dist/ and node_modules run as they are shipped. One library below
	// openapi-backend is an ES module, which jest cannot load on Node 20 as it is.
	transform: { '\\.[cm]?ts$': swc('typescript'), [`${esModules}.*\\.js$`]: swc('ecmascript') },
	// A copy of the repository, while `npm run mutants` runs.
	modulePathIgnorePatterns: ['<rootDir>/.tmp/'],
	transformIgnorePatterns: [`/node_modules/(?!.*${esModules})`],
};

/**
 * @param {string} displayName
 * @param {string[]} areas entry files below test/; each loads the modules of the folder with its name
 * @param {import('jest').Config} options
 */
const project = (displayName, areas, options = {}) => ({
	...shared,
	displayName,
	testMatch: areas.map((area) => `<rootDir>/test/${area}.test.cts`),
	...options,
});

/** @type {import('jest').Config} */
module.exports = {
	projects: [
		project('unit', ['unit', 'architecture']),
		project('contract', ['contract']),
		project('engine', ['engine'], {
			// The engine's environment is set up before a module of tests loads n8n-core, and cleaned up after the last one.
			setupFilesAfterEnv: ['<rootDir>/test/engine/harness/engineEnvironment.cts'],
		}),
	],
	// Only for what never ends: a loaded machine may be slow, and tests do not measure it.
	testTimeout: 300_000,
	// jest would leave one core free.
	maxWorkers: '100%',
};
