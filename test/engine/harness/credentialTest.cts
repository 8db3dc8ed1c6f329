import { engineRequire } from './environment.cts';
import { ExecuteContext, RoutingNode } from 'n8n-core';
import { createEmptyRunExecutionData, UnexpectedError, Workflow } from 'n8n-workflow';
import type {
	ICredentialsDecrypted,
	ICredentialTestRequest,
	IExecuteData,
	INode,
	INodeCredentialTestResult,
	INodeType,
} from 'n8n-workflow';
import { captureLog } from './log.cts';
import { additionalDataWith, nodeTypesOf, startType } from './nodeTypes.cts';
import { prepare } from './subject.cts';
import type { Subject } from './subject.cts';

const get = engineRequire('lodash/get') as (value: unknown, path: string) => unknown;

const NO_OP = 'n8n-nodes-base.noOp';
const PROBE: INode = {
	id: 'temp',
	name: 'Temp-Node',
	type: NO_OP,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** A declarative node whose one field sends the test request. n8n knows it again by type, field and value. */
function probeType(credentialName: string, { request }: ICredentialTestRequest): INodeType {
	return {
		description: {
			...startType.description,
			name: NO_OP,
			inputs: ['main'],
			credentials: [{ name: credentialName, required: true }],
			properties: [
				{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } },
			],
		},
	};
}

/** The outcome that n8n shows, and everything logged meanwhile. */
type CredentialTestResult = INodeCredentialTestResult & { logs: string };

/**
 * Runs the test request of the credential as n8n's server does when a user presses Save or Retry:
 * as a temporary declarative node, with the same reading of rules and thrown errors.
 */
export async function testCredential(
	credential: Subject['credential'],
	{ credentialStore }: Pick<Subject, 'credentialStore'> = {},
): Promise<CredentialTestResult> {
	const logs = captureLog();
	const { credentialType, details, helper } = prepare({ credential, credentialStore });
	const answer = (status: 'OK' | 'Error', message: string) => ({ status, message, logs: logs() });
	const { test, name } = credentialType;
	if (!test) throw new UnexpectedError('The credential has no test');
	const type = probeType(name, test);
	const node: INode = { ...structuredClone(PROBE), credentials: { [name]: details } };
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: nodeTypesOf({ [NO_OP]: type }),
	});
	const additionalData = additionalDataWith(helper, { currentNodeParameters: node.parameters });
	const decrypted: ICredentialsDecrypted = { ...details, type: name, data: helper.forNode(details.id) };
	const executeData: IExecuteData = { node, data: {}, source: null };
	const context = new ExecuteContext(
		workflow,
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
	let response: unknown;
	try {
		response = (await new RoutingNode(context, type, decrypted).runNode())?.[0]?.[0]?.json;
	} catch (error) {
		return answer('Error', messageOf(error as ThrownByRequest));
	}
	for (const rule of test.rules ?? []) {
		const { type: kind, properties } = rule;
		if (kind === 'responseSuccessBody' && get(response, properties.key) === properties.value) {
			return answer('Error', properties.message);
		}
	}
	return answer('OK', 'Connection successful!');
}

interface ThrownByRequest {
	message: string;
	cause?: { code?: string; response?: { status: number; statusText?: string } };
}

function messageOf({ message, cause }: ThrownByRequest): string {
	if (!cause?.response) return cause?.code ?? message;
	const { status, statusText } = cause.response;
	if (status >= 200 && status <= 299) return message;
	return statusText || `Received HTTP status code: ${status}`;
}
