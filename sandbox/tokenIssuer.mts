import { randomBytes } from 'node:crypto';
import { SANDBOX_CREDENTIAL_DATA } from './sandboxCredential.mts';
import type { SandboxBehaviour } from './sandboxTypes.mts';

/** Issues and checks the access tokens of the sandbox. */
export class TokenIssuer {
	private issuedTokens = new Map<string, { useCount: number; expiresAtMs: number }>();

	/** Issues a token. */
	issueToken({ tokenLifetimeSeconds, newTokenEndsOlder }: SandboxBehaviour): string {
		if (newTokenEndsOlder) this.expireTokens();
		const token = randomBytes(24).toString('base64url');
		this.issuedTokens.set(token, { useCount: 0, expiresAtMs: Date.now() + tokenLifetimeSeconds * 1000 });
		return token;
	}

	/** Returns whether an Authorization header is accepted, and counts the use of its token. */
	acceptsAuthorization(authorization: string | undefined, behaviour: SandboxBehaviour): boolean {
		const token = /^Bearer ([^ ]+)$/i.exec(authorization ?? '')?.[1];
		if (token === undefined) return false;
		if (token === SANDBOX_CREDENTIAL_DATA.accessToken) return true;
		const issuedToken = this.issuedTokens.get(token);
		if (!issuedToken || Date.now() >= issuedToken.expiresAtMs) return false;
		return ++issuedToken.useCount <= (behaviour.tokenLifetimeRequests ?? Infinity);
	}

	/** Expires all issued tokens. */
	expireTokens(): void {
		this.issuedTokens.clear();
	}
}
