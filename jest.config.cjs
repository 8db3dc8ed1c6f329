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
	// A copy of the repository, while `npm run mutants` runs.
	modulePathIgnorePatterns: ['<rootDir>/.tmp/'],
	transformIgnorePatterns: [`/node_modules/(?!.*${esModules})`],
};

// `npm test -- --deep` and CI: more generated cases (test/support/deepRuns.cts), and all areas in both engines.
const isDeep = process.env['DEEP_TESTS'] === '1';

/**
 * @param {string} displayName
 * @param {string[]} areas entry files below test/; each loads the modules of the folder with its name
 * @param {import('jest').Config} options
 */
const project = (displayName, areas, options = {}) => ({
	...shared,
	displayName,
	// For the test that each engine is the one that its project is named for.
	globals: { PROJECT: displayName },
	testMatch: areas.map((area) => `<rootDir>/test/${area}.test.cts`),
	...options,
});

// The engine's environment is set up before a module of tests loads n8n-core, and cleaned up after the last one.
const engine = { setupFilesAfterEnv: ['<rootDir>/test/engine/harness/engineEnvironment.cts'] };

/** @type {import('jest').Config} */
module.exports = {
	projects: [
		project('unit', ['unit', 'architecture']),
		project('contract', ['contract']),
		project('engine-2x', ['engine/*'], engine),
		// n8n 1.123: its engine, and that engine's own n8n-workflow also for the built node in dist/.
		project('engine-1x', ['engine/*'], {
			...engine,
			// What every operation does with its parameters depends on no release.
			testPathIgnorePatterns: isDeep ? [] : ['/everyOperation\\.test\\.cts$'],
			moduleNameMapper: {
				'^n8n-core(/.*)?$': '<rootDir>/node_modules/n8n-core-1x$1',
				'^n8n-workflow(/.*)?$': '<rootDir>/node_modules/n8n-core-1x/node_modules/n8n-workflow$1',
			},
		}),
	],
	// Only for what never ends: a loaded machine may be slow, and tests do not measure it.
	testTimeout: 300_000,
	// n8n-core keeps memory between test files, so a worker that has grown is replaced before its next file.
	workerIdleMemoryLimit: '600MB',
	// The engine of n8n 1.123 leaves handles open (timers of its services) that no test can close.
	forceExit: true,
};
