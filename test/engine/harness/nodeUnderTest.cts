import './engineEnvironment.cts';
import { existsSync } from 'node:fs';
import { isExpression, setGlobalState } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	INodeParameters,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';
import { CREDENTIAL_ID, CredentialStore } from './credentialStore.cts';
import { TestCredentialsHelper } from './testCredentialsHelper.cts';
import { BUILT_FILES } from './engineEnvironment.cts';
import { buildNode } from './nodeTypes.cts';

/** Node to test, its credential, and the store of the credential. */
export interface NodeUnderTest {
	/** One of the built nodes, or the class of another node that uses the credential. Defaults to GoFive. */
	node?: 'GoFive' | 'GoFiveTrigger' | (new () => INodeType);
	/** Name of the node. Its ID does not depend on it. Defaults to that of a new node. */
	nodeName?: string;
	/** Parameters of the node; expressions begin with "=". Missing ones have their defaults. */
	parameters?: INodeParameters;
	/** Credential data as the user saved it. Replaces the data in `credentialStore`. */
	credential?: ICredentialDataDecryptedObject;
	/** Shared by executions that have to find the token of an earlier one. */
	credentialStore?: CredentialStore;
	/** Time zone of the n8n instance. The default is far from GoFive's zone, so that a mix-up shows. */
	instanceTimezone?: string;
}

const instanceCache = new WeakMap<new () => unknown, unknown>();

/** Returns the only instance of a class, as n8n's loader does. */
function getInstance<T>(type: new () => T): T {
	if (!instanceCache.has(type)) instanceCache.set(type, new type());
	return instanceCache.get(type) as T;
}

const operationTypes = new Map<string, INodeType>();

/**
 * Returns the node type with the properties that an operation may show. Before it executes, n8n compares every property
 * of the node with the parameters, which takes as long as a request. workflows/engineIntegrationTests.cts compares the
 * results.
 */
function selectOperation(nodeType: INodeType, { resource, operation }: INodeParameters = {}): INodeType {
	if (typeof resource !== 'string' || typeof operation !== 'string') return nodeType;
	const key = `${resource}.${operation}`;
	if ([resource, operation].some(isExpression)) return nodeType;
	const isShown = ({ displayOptions: { show = {} } = {} }: INodeProperties) =>
		(show['resource']?.includes(resource) ?? true) && (show['operation']?.includes(operation) ?? true);
	if (!operationTypes.has(key)) {
		const description = { ...nodeType.description, properties: nodeType.description.properties.filter(isShown) };
		operationTypes.set(key, Object.create(nodeType, { description: { value: description } }) as INodeType);
	}
	return operationTypes.get(key) as INodeType;
}

function loadBuiltClass<T>(name: keyof typeof BUILT_FILES): new () => T {
	if (!existsSync(BUILT_FILES[name])) throw new Error(`${name} is not built. Run "npm run build" first.`);
	return (require(BUILT_FILES[name]) as Record<typeof name, new () => T>)[name];
}

/** Prepares everything that an execution of the node needs. The credential has a fixed ID. */
export function prepareNodeUnderTest({
	node: nodeClassOrName = 'GoFive',
	nodeName,
	parameters,
	credential,
	credentialStore,
	instanceTimezone,
}: NodeUnderTest) {
	setGlobalState({ defaultTimezone: instanceTimezone ?? 'America/New_York' });
	const fullType = getInstance(
		typeof nodeClassOrName === 'string' ? loadBuiltClass<INodeType>(nodeClassOrName) : nodeClassOrName,
	);
	const nodeType = nodeClassOrName === 'GoFive' ? selectOperation(fullType, parameters) : fullType;
	const credentialType = getInstance(loadBuiltClass<ICredentialType>('GoFiveApi'));
	const store = credentialStore ?? new CredentialStore();
	if (credential || !credentialStore) store.seed(CREDENTIAL_ID, credential ?? {});
	const { version, defaultVersion, name, defaults } = nodeType.description;
	const typeName = `n8n-nodes-gofive.${name}`;
	const details = { id: CREDENTIAL_ID, name: 'Stored credential' };
	const node = buildNode(String(defaults.name), typeName, {
		typeVersion: defaultVersion ?? Math.max(...[version].flat()),
		parameters: structuredClone(parameters ?? {}),
		credentials: { [credentialType.name]: details },
		...(nodeName !== undefined && { name: nodeName }),
	});
	return {
		node,
		nodeType,
		typeName,
		credentialType,
		details,
		helper: new TestCredentialsHelper(store, credentialType),
	};
}
