/**
 * Executes the built GoFive nodes inside the real n8n-core, against a real server.
 * The same tests run in two jest projects, one per release of n8n.
 */
import { workflowSeenFrom } from './harness/environment.cts';
import type { ResolvedPackage } from './harness/environment.cts';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ICredentialType, IDataObject, INodePropertyOptions, INodeType } from 'n8n-workflow';
import { testCredentialClass } from './harness/credentialTest.cts';
import type { CredentialTestResult } from './harness/credentialTest.cts';
import { loadOptionsOf } from './harness/loadOptions.cts';
import { openTriggerOf } from './harness/poll.cts';
import type { LoadedState, OpenTrigger, PollOptions, PollResult } from './harness/poll.cts';
import { runNodeClass } from './harness/run.cts';
import type { RunOptions, RunResult } from './harness/run.cts';
import type { Subject } from './harness/subject.cts';
import { runToolClass } from './harness/tool.cts';
import type { ToolResult } from './harness/tool.cts';

export { CredentialStore } from './harness/credentialStore.cts';
export { engine, isFirstMajor } from './harness/environment.cts';
export { loadOptionsOf, openTriggerOf, runNodeClass, testCredentialClass };
export type { OpenTrigger, PollOptions, PollResult, ResolvedPackage, RunOptions, RunResult, Subject };

/** The subject without its classes: those are the built ones. */
export type GoFive = Omit<Subject, 'nodeClass' | 'credentialClass'>;

const dist = resolve(__dirname, '../../dist');
const files = {
	GoFive: `${dist}/nodes/GoFive/GoFive.node.js`,
	GoFiveTrigger: `${dist}/nodes/GoFive/GoFiveTrigger.node.js`,
	GoFiveApi: `${dist}/credentials/GoFiveApi.credentials.js`,
};

function built<T>(name: keyof typeof files): new () => T {
	if (!existsSync(files[name])) throw new Error(`${name} is not built. Run "npm run build" first.`);
	return (require(files[name]) as Record<typeof name, new () => T>)[name];
}

const withClasses = <T extends GoFive>(node: 'GoFive' | 'GoFiveTrigger', options: T) => ({
	...options,
	nodeClass: built<INodeType>(node),
	credentialClass: built<ICredentialType>('GoFiveApi'),
});

/** Executes the GoFive node. Never rejects because of the node: see `error`. */
export const runNode = async (options: GoFive & RunOptions): Promise<RunResult> =>
	await runNodeClass(withClasses('GoFive', options));

/** Runs the GoFive node as the tool of an agent. */
export const runTool = async (options: GoFive & { args: IDataObject }): Promise<ToolResult> =>
	await runToolClass(withClasses('GoFive', options));

/** Executes another node with the credential. */
export const runWithCredential = async (
	options: GoFive & RunOptions & Pick<Subject, 'nodeClass'>,
): Promise<RunResult> => await runNodeClass({ ...options, credentialClass: built('GoFiveApi') });

/** Fills one of the node's dropdowns. Rejects with what the node throws. */
export const loadOptions = async (
	methodName: string,
	options: GoFive & { node?: 'GoFive' | 'GoFiveTrigger' } = {},
): Promise<INodePropertyOptions[]> =>
	await loadOptionsOf(methodName, withClasses(options.node ?? 'GoFive', options));

/** Tests the credential as n8n does when it is saved. */
export const testCredential = async (
	credential: GoFive['credential'],
	options: GoFive = {},
): Promise<CredentialTestResult> =>
	await testCredentialClass({ ...options, credential, credentialClass: built('GoFiveApi') });

/** Loads a workflow with GoFive Trigger into memory; see `openTriggerOf`. */
export const openTrigger = (options: GoFive & LoadedState): OpenTrigger =>
	openTriggerOf(withClasses('GoFiveTrigger', options));

/** One poll of a freshly loaded workflow, with the static data it leaves in memory. */
export async function pollTrigger(
	options: GoFive & LoadedState & PollOptions,
): Promise<PollResult & { staticData: IDataObject }> {
	const trigger = openTrigger(options);
	const result = await trigger.poll(options);
	return { ...result, staticData: trigger.staticData() };
}

/** The n8n-workflow that the built node gets when it is required. */
export const engineVersion = (): ResolvedPackage => workflowSeenFrom(files.GoFive);
