'use strict';

const { projects } = require('../../jest.config.cjs');

const TEST_NAMES = [
	'client',
	'comparison',
	'computedColumns',
	'concurrencyLimiter',
	'currentValueRules',
	'debugLog',
	'fetchPages',
	'filters',
	'response',
	'time',
	'triggerCompareParts',
	'triggerForm',
	'triggerPreviousValues',
	'triggerRecordFormat',
	'triggerSilence',
	'triggerState',
];

/** Unit tests of the mutated files. For each mutant, jest loads only the tests that import the file. */
module.exports = {
	...projects.find(({ displayName }) => displayName === 'unit'),
	// No generated cases are among these tests.
	setupFiles: [],
	roots: ['<rootDir>/nodes', '<rootDir>/test/unit', '<rootDir>/test/mutants'],
	testMatch: TEST_NAMES.map((name) => `<rootDir>/test/unit/${name}Tests.cts`),
	testEnvironment: require.resolve('./environment.cjs'),
	moduleNameMapper: { '^n8n-workflow$': '<rootDir>/test/mutants/n8nWorkflow.cjs' },
};
