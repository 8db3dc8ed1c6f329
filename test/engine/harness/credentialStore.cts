import './engineEnvironment.cts';
import { UnexpectedError } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** ID of the only credential of an execution. */
export const CREDENTIAL_ID = 'credential-1';

/** Credentials table in memory. Executions that share a store find the token of an earlier one. */
export class CredentialStore {
	private readonly rows = new Map<string, string>();

	/** Number of updates. Each one is a token that n8n stored. */
	writeCount = 0;

	/** @param data - Data of the credential with the ID `credential-1` */
	constructor(data?: ICredentialDataDecryptedObject) {
		if (data) this.seed(CREDENTIAL_ID, data);
	}

	/** Creates or replaces a row without counting it as an update. */
	seed(id: string, data: ICredentialDataDecryptedObject): void {
		this.rows.set(id, JSON.stringify(data));
	}

	/**
	 * Returns a copy of the stored data.
	 * @throws UnexpectedError when there is no such row, as n8n does
	 */
	read(id: string | null): ICredentialDataDecryptedObject {
		const row = this.rows.get(id ?? '');
		if (row === undefined) throw new UnexpectedError(`No credential with id "${id}" is stored`);
		return JSON.parse(row) as ICredentialDataDecryptedObject;
	}

	/** Replaces a row. As in n8n there is no lock and no merge: the last update wins. */
	write(id: string | null, data: ICredentialDataDecryptedObject): void {
		this.read(id);
		this.rows.set(id ?? '', JSON.stringify(data));
		this.writeCount += 1;
	}
}
