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
	testEnvironment: 'node',
	setupFiles: ['<rootDir>/test/support/seedFastCheck.cts'],
	moduleFileExtensions: ['ts', 'cts', 'mts', 'js', 'cjs', 'mjs', 'json', 'node'],
	// Only TypeScript is compiled: dist/ and node_modules run as they are shipped. One library below
	// openapi-backend is an ES module, which jest cannot load on Node 20 as it is.
	transform: { '\\.[cm]?ts$': swc('typescript'), [`${esModules}.*\\.js$`]: swc('ecmascript') },
	transformIgnorePatterns: [`/node_modules/(?!.*${esModules})`],
};

/**
 * @param {string} displayName
 * @param {string[]} folders below test/
 * @param {Record<string, string>} moduleNameMapper
 */
const project = (displayName, folders, moduleNameMapper = {}) => ({
	...shared,
	displayName,
	// For the test that each engine is the one that its project is named for.
	globals: { PROJECT: displayName },
	testMatch: folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.cts`),
	moduleNameMapper,
});

/** @type {import('jest').Config} */
module.exports = {
	projects: [
		project('unit', ['unit', 'architecture']),
		project('contract', ['contract']),
		project('engine-2x', ['engine']),
		// n8n 1.123: its engine, and that engine's own n8n-workflow also for the built node in dist/.
		project('engine-1x', ['engine'], {
			'^n8n-core(/.*)?$': '<rootDir>/node_modules/n8n-core-1x$1',
			'^n8n-workflow(/.*)?$': '<rootDir>/node_modules/n8n-core-1x/node_modules/n8n-workflow$1',
		}),
	],
	// Only for what never ends: a loaded machine may be slow, and tests do not measure it.
	testTimeout: 300_000,
	// The engine of n8n 1.123 leaves handles open (timers of its services) that no test can close.
	forceExit: true,
};
