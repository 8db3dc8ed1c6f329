import { createRequire } from 'node:module';

// Node.js cannot import a CommonJS file that requires TypeScript.
const require = createRequire(import.meta.url);

export const { buildFromAiValue } =
	require('../support/fromAiExpression.cts') as typeof import('../support/fromAiExpression.cts');
export const { findOperation, getExampleParameters } =
	require('../support/operationParameters.cts') as typeof import('../support/operationParameters.cts');
