/** Helpers of the tests, for ES modules. Node.js cannot import a CommonJS file that requires TypeScript. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export const { buildRejection, buildServerError, REJECTED, startsWith } =
	require('../test/support/expectedMessages.cts') as typeof import('../test/support/expectedMessages.cts');
export const { listFieldVariants } =
	require('../test/support/formFields.cts') as typeof import('../test/support/formFields.cts');
export const { buildFromAiValue } =
	require('../test/support/fromAiExpression.cts') as typeof import('../test/support/fromAiExpression.cts');
export const {
	allOperations,
	contractOperations,
	buildOperationRequest,
	findOperation,
	getExampleParameters,
	getRequestedOperations,
} = require('../test/support/operationParameters.cts') as typeof import('../test/support/operationParameters.cts');
