import './environment.cts';
import { setGlobalState } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	INode,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';
import { CredentialStore } from './credentialStore.cts';
import { TestCredentialsHelper } from './credentials.cts';

/** The node and credential under test, and where the credential is kept. */
export interface Subject {
	/** Class of the node. */
	nodeClass: new () => INodeType;
	/** Class of its credential; leave out for a node without one. */
	credentialClass?: new () => ICredentialType;
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
const instances = new WeakMap<new () => unknown, unknown>();

/** One instance per class, as n8n's loader keeps it. */
function instanceOf<T>(type: new () => T): T {
	if (!instances.has(type)) instances.set(type, new type());
	return instances.get(type) as T;
}

/** Everything that an execution of the subject needs; the credential is stored under one fixed id. */
export function prepare(subject: Subject) {
	setGlobalState({ defaultTimezone: subject.instanceTimezone ?? 'America/New_York' });
	const nodeType = instanceOf(subject.nodeClass);
	const credentialType = subject.credentialClass && instanceOf(subject.credentialClass);
	const store = subject.credentialStore ?? new CredentialStore();
	if (subject.credential || !subject.credentialStore) {
		store.seed(CREDENTIAL_ID, subject.credential ?? {});
	}
	const types = new Map(credentialType ? [[credentialType.name, credentialType]] : []);
	const { version, defaultVersion, name, defaults } = nodeType.description;
	const typeName = `n8n-nodes-gofive.${name}`;
	const details = { id: CREDENTIAL_ID, name: 'Stored credential' };
	const node: INode = {
		id: 'node-1',
		name: String(defaults.name),
		type: typeName,
		typeVersion: defaultVersion ?? Math.max(...[version].flat()),
		position: [200, 0],
		parameters: structuredClone(subject.parameters ?? {}),
		...(credentialType && { credentials: { [credentialType.name]: details } }),
	};
	return {
		node,
		nodeType,
		typeName,
		credentialType,
		details,
		store,
		helper: new TestCredentialsHelper(store, types),
		/** The credential as it is stored now. */
		stored: () => store.read(CREDENTIAL_ID),
	};
}
