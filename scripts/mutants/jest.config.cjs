'use strict';

const { projects } = require('../../jest.config.cjs');

// A fixed seed of generated cases (test/support/seedFastCheck.cts), so that two runs have the same result.
process.env.CI = '1';

/** Unit tests of the mutated files. For each mutant, jest loads only the tests that import the file. */
module.exports = {
	...projects.find(({ displayName }) => displayName === 'unit'),
	roots: ['<rootDir>/nodes', '<rootDir>/test/unit', '<rootDir>/test/support', '<rootDir>/scripts/mutants'],
	testMatch: ['concurrencyLimiter', 'response', 'text', 'time', 'tokenRefresher', 'triggerState'].map((name) => `<rootDir>/test/unit/${name}Tests.cts`),
	testEnvironment: require.resolve('./environment.cjs'),
	moduleNameMapper: { '^n8n-workflow$': '<rootDir>/scripts/mutants/n8nWorkflow.cjs' },
};
