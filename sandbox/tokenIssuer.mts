import { randomBytes } from 'node:crypto';
import { SANDBOX_CREDENTIAL_DATA } from './sandboxCredential.mts';
import type { SandboxBehaviour } from './sandboxTypes.mts';

/** The bearer tokens the sandbox has issued. */
export class TokenIssuer {
	private issuedTokens = new Map<string, { useCount: number; expiresAtMs: number }>();

	/** Issues a fresh token. */
	issueToken({ tokenLifetimeSeconds, newTokenEndsOlder }: SandboxBehaviour): string {
		if (newTokenEndsOlder) this.expireTokens();
		const token = randomBytes(24).toString('base64url');
		this.issuedTokens.set(token, { useCount: 0, expiresAtMs: Date.now() + tokenLifetimeSeconds * 1000 });
		return token;
	}

	/** Tells whether an Authorization header is accepted, and counts the use. */
	acceptsAuthorization(authorization: string | undefined, behaviour: SandboxBehaviour): boolean {
		const token = /^Bearer ([^ ]+)$/i.exec(authorization ?? '')?.[1];
		if (token === undefined) return false;
		if (token === SANDBOX_CREDENTIAL_DATA.accessToken) return behaviour.acceptPastedToken;
		const issuedToken = this.issuedTokens.get(token);
		if (!issuedToken || Date.now() >= issuedToken.expiresAtMs) return false;
		return ++issuedToken.useCount <= (behaviour.tokenLifetimeRequests ?? Infinity);
	}

	/** Forgets every token issued so far. */
	expireTokens(): void {
		this.issuedTokens.clear();
	}
}
