import type { RunningInstance } from '../instance/startInstance.mts';
import { findManualTriggerName } from '../instance/exampleWorkflowFiles.mts';
import { MAIN_EXAMPLE_ID } from '../instance/exampleIds.mts';
import { UserFacingError } from '../instance/userFacingError.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';

/** Columns that fit a narrow terminal. */
const TABLE_COLUMNS = ['eventDate', 'eventTypeName', 'eventName', 'customerCode'];

/**
 * Executes the main example in n8n, and prints its events and the date range that the sandbox received.
 * @throws UserFacingError if it fails, returns no items, or its date range did not arrive
 */
export async function runExample(script: ScriptContext, instance: RunningInstance): Promise<void> {
	const { sandbox, server, examples } = instance;
	const example = examples.find(({ id }) => id === MAIN_EXAMPLE_ID);
	if (!example) throw new Error('The main example is missing');
	console.log(`\nExecuting "${example.name}" in n8n ...`);
	const { status, error, items } = await server.rest.executeAndWait(example.id, findManualTriggerName(example) ?? '');
	if (status !== 'success')
		throw new UserFacingError(`The example did not succeed: ${error?.message ?? status}`, script.retryStep);
	const lastGoFiveNode = example.nodes.findLast(({ type }) => type === 'n8n-nodes-gofive.goFive');
	const outputItems = items(lastGoFiveNode?.name ?? '');
	if (outputItems.length === 0) throw new UserFacingError('The example returned no items.', script.retryStep);
	console.table(outputItems, TABLE_COLUMNS);

	// Proxies may drop the body of a GET, and GoFive would then ignore the range.
	const request = sandbox.requestLog.find(({ path }) => path.endsWith('/customerEvent/filter'));
	if (request?.method !== 'GET' || !request.body.includes('DateFrom')) {
		throw new UserFacingError(
			`The sandbox received ${request?.method} with a body of ${request?.bodyBytes.length} bytes, but no date range.`,
			'Check nodes/GoFive/api/transport.ts, which sends the body of a GET request.',
		);
	}
	console.log(
		`\n${outputItems.length} events. The sandbox at ${sandbox.url} received the date range in the body of the GET request:\n${request.body}`,
	);
}
