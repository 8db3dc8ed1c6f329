/**
 * Executes the built GoFive nodes in the real n8n-core, against a real server.
 * Imported by the engine tests.
 * Start with `runNode` and `loadTrigger`.
 *
 * Here: what n8n does around a node. Not here: the sandbox and the clock (executionFixture.cts).
 */
export { runCredentialTest } from './harness/runCredentialTest.cts';
export { CredentialStore } from './harness/credentialStore.cts';
export { runListSearch, runLoadOptions } from './harness/runLoadOptions.cts';
export { loadTrigger } from './harness/loadTrigger.cts';
export type { LoadedTrigger, PollOptions, TriggerPollResult } from './harness/loadTrigger.cts';
export { runNode } from './harness/runNode.cts';
export { runRequestNode } from './harness/runRequestNode.cts';
export { runTool } from './harness/runTool.cts';
