/**
 * Executes the built GoFive nodes inside the real n8n-core, against a real server.
 * The same tests run in two jest projects, one per release of n8n.
 */
export { testCredential } from './harness/credentialTest.cts';
export { CredentialStore } from './harness/credentialStore.cts';
export { engine, isFirstMajor } from './harness/environment.cts';
export { loadOptions } from './harness/loadOptions.cts';
export { openTrigger } from './harness/poll.cts';
export type { OpenTrigger, PollOptions, PollResult } from './harness/poll.cts';
export { runNode } from './harness/run.cts';
export type { RunOptions, RunResult } from './harness/run.cts';
export { runTool } from './harness/tool.cts';
