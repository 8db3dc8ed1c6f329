import './environment.cts';
import { ICredentialsHelper, isExpression, NodeHelpers, UnexpectedError } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import type { CredentialStore } from './credentialStore.cts';

const notHere = (what: string) => new UnexpectedError(`${what} no part of this harness`);

/** Behaves as the credentials helper of n8n's server does towards nodes: section C7 of the platform facts. */
export class TestCredentialsHelper extends ICredentialsHelper {
	constructor(
		private readonly store: CredentialStore,
		private readonly type: ICredentialType,
	) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(): INodeProperties[] {
		return this.type.properties;
	}

	async getCredentials(): Promise<ICredentials> {
		throw notHere('Credentials in encrypted form are');
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw notHere('OAuth credentials are');
	}

	async runPreAuthentication(): Promise<undefined> {
		throw notHere('OAuth credentials are');
	}

	async updateCredentials(details: INodeCredentialsDetails, _type: string, data: ICredentialDataDecryptedObject): Promise<void> {
		this.store.write(details.id, data);
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		{ id }: INodeCredentialsDetails,
	): Promise<ICredentialDataDecryptedObject> {
		return this.forNode(id);
	}

	/** Stored data as a node gets it: defaults filled in, undisplayed fields gone. */
	forNode(id: string | null): ICredentialDataDecryptedObject {
		const stored = this.store.read(id) as INodeParameters;
		if (Object.values(stored).some(isExpression)) throw notHere('Expressions in credentials are');
		return NodeHelpers.getNodeParameters(this.type.properties, stored, true, false, null, null) as ICredentialDataDecryptedObject;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_type: string,
		options: IHttpRequestOptions | IRequestOptionsSimplified,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.type;
		if (typeof authenticate !== 'function') throw notHere('Credentials that do not sign by themselves are');
		return await authenticate(credentials, options as IHttpRequestOptions);
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		_type: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { type } = this;
		const expirable = type.properties.find((property) => property.type === 'hidden' && property.typeOptions?.expirable === true)?.name;
		if (expirable === undefined || typeof type.preAuthentication !== 'function') return undefined;
		// n8n means to fetch one for every credential test as well, but looks for a node type that its own test does not have.
		if (credentials[expirable] !== '' && !credentialsExpired) return undefined;

		const output = (await type.preAuthentication.call(helpers, credentials)) as ICredentialDataDecryptedObject;
		const details = node.credentials?.[type.name];
		if (output[expirable] === undefined || !details) return undefined;
		await this.updateCredentials(details, type.name, { ...this.store.read(details.id), ...output });
		return Object.assign(credentials, output);
	}
}
