import { isFirstMajor } from './environment.cts';
import {
	deepCopy,
	ICredentialsHelper,
	isExpression,
	NodeHelpers,
	UnexpectedError,
	Workflow,
} from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsExpressionResolveValues,
	ICredentialType,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { getAdditionalKeys } from 'n8n-core';
import type { CredentialStore } from './credentialStore.cts';
import { nodeTypesOf } from './nodeTypes.cts';

const mockNode: INode = {
	id: 'mock',
	name: '',
	type: 'mock',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** Behaves as the credentials helper of n8n's server does towards nodes: section C7 of the platform facts. */
export class TestCredentialsHelper extends ICredentialsHelper {
	constructor(
		private readonly store: CredentialStore,
		private readonly types: ReadonlyMap<string, ICredentialType>,
	) {
		super();
	}

	private typeOf(name: string): ICredentialType {
		const type = this.types.get(name);
		if (type === undefined) throw new UnexpectedError(`Unknown credential type "${name}"`);
		return type;
	}

	getParentTypes(name: string): string[] {
		return this.types.get(name)?.extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(name: string): INodeProperties[] {
		return this.typeOf(name).properties;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new UnexpectedError('Only OAuth credentials are asked for in encrypted form');
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new UnexpectedError('OAuth credentials are not part of this harness');
	}

	async updateCredentials(
		details: INodeCredentialsDetails,
		_type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.store.write(details.id, data);
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolve?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.store.read(details.id);
		return raw === true
			? stored
			: this.withDefaults(additionalData, stored, type, mode, executeData, resolve);
	}

	/** Stored data as a node gets it: defaults filled in, undisplayed fields gone, expressions resolved. */
	withDefaults(
		additionalData: IWorkflowExecuteAdditionalData,
		stored: ICredentialDataDecryptedObject,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		resolve?: ICredentialsExpressionResolveValues,
	): ICredentialDataDecryptedObject {
		const properties = this.getCredentialsProperties(type);
		const values = stored as INodeParameters;
		const complete = NodeHelpers.getNodeParameters(properties, values, true, false, null, null) ?? {};
		for (const key of ['allowedHttpRequestDomains', 'allowedDomains']) {
			if (complete[key] === undefined && values[key] !== undefined) complete[key] = values[key];
		}
		const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
		if (resolve) {
			return resolve.workflow.expression.getParameterValue(
				complete,
				resolve.runExecutionData,
				resolve.runIndex,
				resolve.itemIndex,
				resolve.node.name,
				resolve.connectionInputData,
				mode,
				keys,
				executeData,
				false,
				complete,
			) as ICredentialDataDecryptedObject;
		}
		const workflow = new Workflow({
			nodes: [deepCopy(mockNode)],
			connections: {},
			active: false,
			nodeTypes: nodeTypesOf({}),
		});
		return workflow.expression.getComplexParameterValue(
			mockNode,
			complete,
			mode,
			keys,
			undefined,
			undefined,
			complete,
		) as ICredentialDataDecryptedObject;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		incoming: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const options = incoming as IHttpRequestOptions;
		const { authenticate } = this.typeOf(typeName);
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		if (authenticate === undefined) return options;
		if (!workflow || !node) throw new UnexpectedError('Workflow and node are needed to resolve');
		const resolveText = (text: string) => {
			if (!isExpression(text)) return text;
			const $credentials = credentials as never;
			const keys = { $credentials };
			const { expression } = workflow;
			const value = expression.getSimpleParameterValue(node, text, 'internal', keys, undefined, '');
			return value ? String(value) : '';
		};
		options.headers ??= {};
		const target = options as unknown as Record<string, Record<string, string>>;
		for (const [part, entries] of Object.entries(authenticate.properties)) {
			target[part] ??= {};
			for (const [key, value] of Object.entries(entries as Record<string, string>)) {
				target[part][resolveText(key)] = resolveText(value);
			}
		}
		return options;
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.typeOf(typeName);
		const expirable = type.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		)?.name;
		if (expirable === undefined || typeof type.preAuthentication !== 'function') return undefined;
		// n8n means to fetch one for every credential test as well, but looks for a node type that its own test does not have.
		if (credentials[expirable] !== '' && !credentialsExpired) return undefined;

		const output = (await type.preAuthentication.call(
			helpers,
			credentials,
		)) as ICredentialDataDecryptedObject;
		const details = node.credentials?.[type.name];
		if (output[expirable] === undefined || !details) return undefined;
		await this.updateCredentials(details, type.name, this.toStore(details, credentials, output, expirable));
		return Object.assign(credentials, output);
	}

	/** n8n 1.x overwrites the row with resolved values; 2.x merges into it and keeps expressions. */
	private toStore(
		details: INodeCredentialsDetails,
		credentials: ICredentialDataDecryptedObject,
		output: ICredentialDataDecryptedObject,
		expirable: string,
	): ICredentialDataDecryptedObject {
		if (isFirstMajor()) return { ...credentials, ...output };
		const stored = this.store.read(details.id);
		const merged = Object.entries(output).filter(
			([key]) => key === expirable || !isExpression(stored[key]),
		);
		return { ...stored, ...Object.fromEntries(merged) };
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { preAuthentication } = this.typeOf(typeName);
		return (await preAuthentication?.call(helpers, credentials)) as
			| ICredentialDataDecryptedObject
			| undefined;
	}
}
