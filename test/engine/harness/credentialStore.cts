import './engineEnvironment.cts';
import { UnexpectedError } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** The credentials table of a database, in memory. Share one between runs to test what a later run finds. */
export class CredentialStore {
	private readonly rows = new Map<string, string>();

	/** How often a row was written after it had been created: each one is a token that n8n stored. */
	writeCount = 0;

	/** Creates or replaces the row without counting it as a write of the engine. */
	seed(id: string, data: ICredentialDataDecryptedObject): void {
		this.rows.set(id, JSON.stringify(data));
	}

	/** A copy of the stored data. Throws when there is no such row, as n8n does. */
	read(id: string | null): ICredentialDataDecryptedObject {
		const row = this.rows.get(id ?? '');
		if (row === undefined) throw new UnexpectedError(`No credential with id "${id}" is stored`);
		return JSON.parse(row) as ICredentialDataDecryptedObject;
	}

	/** A plain write: no lock, no merge, the last one wins. */
	write(id: string | null, data: ICredentialDataDecryptedObject): void {
		this.read(id);
		this.rows.set(id ?? '', JSON.stringify(data));
		this.writeCount += 1;
	}
}
