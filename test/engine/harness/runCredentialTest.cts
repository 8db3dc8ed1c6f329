import './engineEnvironment.cts';
import { ExecuteContext, RoutingNode } from 'n8n-core';
import { createEmptyRunExecutionData, UnexpectedError } from 'n8n-workflow';
import type {
	ICredentialsDecrypted,
	ICredentialTestRequest,
	IExecuteData,
	INodeCredentialTestResult,
	INodeType,
} from 'n8n-workflow';
import { captureLog } from './captureLog.cts';
import { buildNode, createAdditionalData, createSingleNodeWorkflow, startNodeType } from './nodeTypes.cts';
import { prepareNodeUnderTest } from './nodeUnderTest.cts';
import type { NodeUnderTest } from './nodeUnderTest.cts';

const NO_OP_TYPE = 'n8n-nodes-base.noOp';

/** Builds a declarative node type whose only field sends the test request, as n8n's server does. */
function createProbeNodeType(credentialName: string, { request }: ICredentialTestRequest): INodeType {
	return {
		description: {
			...startNodeType.description,
			name: NO_OP_TYPE,
			inputs: ['main'],
			credentials: [{ name: credentialName, required: true }],
			properties: [{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } }],
		},
	};
}

/** Outcome that n8n shows, and everything logged during the test. */
type CredentialTestResult = INodeCredentialTestResult & { logs: string };

/**
 * Runs the credential test as n8n's server does when a user selects Save or Retry:
 * in a temporary declarative node, with the same handling of errors. The test of the credential has no rules.
 */
export async function runCredentialTest(
	credential: NodeUnderTest['credential'],
	{ credentialStore }: Pick<NodeUnderTest, 'credentialStore'> = {},
): Promise<CredentialTestResult> {
	const logs = captureLog();
	const { credentialType, details, helper } = prepareNodeUnderTest({ credential, credentialStore });
	const toResult = (status: 'OK' | 'Error', message: string) => ({ status, message, logs: logs() });
	const { test, name } = credentialType;
	if (!test) throw new UnexpectedError('The credential has no test');
	const probeNodeType = createProbeNodeType(name, test);
	const node = buildNode('Temp-Node', NO_OP_TYPE, { credentials: { [name]: details } });
	const additionalData = createAdditionalData(helper, { currentNodeParameters: node.parameters });
	const decryptedCredential: ICredentialsDecrypted = { ...details, type: name, data: helper.readForNode(details.id) };
	const executeData: IExecuteData = { node, data: {}, source: null };
	const context = new ExecuteContext(
		createSingleNodeWorkflow(node, probeNodeType),
		node,
		additionalData,
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		executeData,
		[],
	);
	try {
		await new RoutingNode(context, probeNodeType, decryptedCredential).runNode();
	} catch (error) {
		return toResult('Error', formatErrorMessage(error as ThrownRequestError));
	}
	return toResult('OK', 'Connection successful!');
}

interface ThrownRequestError {
	message: string;
	cause?: { code?: string; response?: { status: number; statusText?: string } };
}

function formatErrorMessage({ message, cause }: ThrownRequestError): string {
	if (!cause?.response) return cause?.code ?? message;
	const { status, statusText } = cause.response;
	if (status >= 200 && status <= 299) return message;
	return statusText || `Received HTTP status code: ${status}`;
}
