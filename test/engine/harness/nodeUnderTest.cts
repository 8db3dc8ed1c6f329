import './engineEnvironment.cts';
import { existsSync } from 'node:fs';
import { setGlobalState } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, ICredentialType, INode, INodeParameters, INodeType } from 'n8n-workflow';
import { CredentialStore } from './credentialStore.cts';
import { TestCredentialsHelper } from './testCredentialsHelper.cts';
import { BUILT_FILES } from './engineEnvironment.cts';

/** The node under test with its credential, and where the credential is kept. */
export interface NodeUnderTest {
	/** One of the built nodes, or the class of another one that uses the credential; GoFive if left out. */
	node?: 'GoFive' | 'GoFiveTrigger' | (new () => INodeType);
	/** The node's parameters; expressions begin with "=". Left out ones get their defaults. */
	parameters?: INodeParameters;
	/** Data of the credential as the user saved it. With `credentialStore` it replaces what is stored there. */
	credential?: ICredentialDataDecryptedObject;
	/** Shared by runs that are to find what an earlier one stored. */
	credentialStore?: CredentialStore;
	/** The zone of the n8n instance. The default is one that makes nothing right by accident. */
	instanceTimezone?: string;
}

const CREDENTIAL_ID = 'credential-1';
const instanceCache = new WeakMap<new () => unknown, unknown>();

/** One instance per class, as n8n's loader keeps it. */
function getInstance<T>(type: new () => T): T {
	if (!instanceCache.has(type)) instanceCache.set(type, new type());
	return instanceCache.get(type) as T;
}

function loadBuiltClass<T>(name: keyof typeof BUILT_FILES): new () => T {
	if (!existsSync(BUILT_FILES[name])) throw new Error(`${name} is not built. Run "npm run build" first.`);
	return (require(BUILT_FILES[name]) as Record<typeof name, new () => T>)[name];
}

/** Everything that an execution of the subject needs; the credential is stored under one fixed id. */
export function prepareNodeUnderTest({
	node: nodeClassOrName = 'GoFive',
	parameters,
	credential,
	credentialStore,
	instanceTimezone,
}: NodeUnderTest) {
	setGlobalState({ defaultTimezone: instanceTimezone ?? 'America/New_York' });
	const nodeType = getInstance(
		typeof nodeClassOrName === 'string' ? loadBuiltClass<INodeType>(nodeClassOrName) : nodeClassOrName,
	);
	const credentialType = getInstance(loadBuiltClass<ICredentialType>('GoFiveApi'));
	const store = credentialStore ?? new CredentialStore();
	if (credential || !credentialStore) store.seed(CREDENTIAL_ID, credential ?? {});
	const { version, defaultVersion, name, defaults } = nodeType.description;
	const typeName = `n8n-nodes-gofive.${name}`;
	const details = { id: CREDENTIAL_ID, name: 'Stored credential' };
	const node: INode = {
		id: 'node-1',
		name: String(defaults.name),
		type: typeName,
		typeVersion: defaultVersion ?? Math.max(...[version].flat()),
		position: [200, 0],
		parameters: structuredClone(parameters ?? {}),
		credentials: { [credentialType.name]: details },
	};
	return {
		node,
		nodeType,
		typeName,
		credentialType,
		details,
		store,
		helper: new TestCredentialsHelper(store, credentialType),
	};
}
