import './engineEnvironment.cts';
import { ICredentialsHelper, isExpression, NodeHelpers, UnexpectedError } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
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
import { rejectUnavailable } from './nodeTypes.cts';

/** Credentials helper that behaves towards nodes like the one of n8n's server. */
export class TestCredentialsHelper extends ICredentialsHelper {
	getCredentials = rejectUnavailable('A credential in encrypted form');
	updateCredentialsOauthTokenData = rejectUnavailable('An OAuth credential');
	runPreAuthentication = rejectUnavailable('An OAuth credential');

	constructor(
		private readonly credentialStore: CredentialStore,
		private readonly credentialType: ICredentialType,
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
		return this.credentialType.properties;
	}

	async updateCredentials(
		details: INodeCredentialsDetails,
		_type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.credentialStore.write(details.id, data);
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		{ id }: INodeCredentialsDetails,
	): Promise<ICredentialDataDecryptedObject> {
		return this.readForNode(id);
	}

	/** Returns stored data as a node receives it: with defaults, without fields that are not displayed. */
	readForNode(id: string | null): ICredentialDataDecryptedObject {
		const storedData = this.credentialStore.read(id) as INodeParameters;
		if (Object.values(storedData).some(isExpression))
			throw new UnexpectedError('An expression in a credential is not part of this harness');
		return NodeHelpers.getNodeParameters(
			this.credentialType.properties,
			storedData,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_type: string,
		options: IHttpRequestOptions | IRequestOptionsSimplified,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.credentialType;
		if (typeof authenticate !== 'function') throw new UnexpectedError('The credential has no function that signs');
		return await authenticate(credentials, options as IHttpRequestOptions);
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		_type: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { credentialType } = this;
		const expirableProperty = credentialType.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		)?.name;
		if (expirableProperty === undefined || typeof credentialType.preAuthentication !== 'function') return undefined;
		// n8n intends to fetch a token for every credential test as well. It does not, because it looks for a
		// node type that its test does not have.
		if (credentials[expirableProperty] !== '' && !credentialsExpired) return undefined;

		const authenticationData = (await credentialType.preAuthentication.call(
			helpers,
			credentials,
		)) as ICredentialDataDecryptedObject;
		const details = node.credentials?.[credentialType.name];
		if (authenticationData[expirableProperty] === undefined || !details) return undefined;
		await this.updateCredentials(details, credentialType.name, {
			...this.credentialStore.read(details.id),
			...authenticationData,
		});
		return Object.assign(credentials, authenticationData);
	}
}
