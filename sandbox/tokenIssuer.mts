import { randomBytes } from 'node:crypto';
import { jsonResponse, type SandboxResponse } from './responses.mts';
import { SANDBOX_CREDENTIAL_DATA } from './sandboxCredential.mts';
import type { SandboxBehaviour } from './sandboxTypes.mts';

/** Issues and checks the access tokens of the sandbox. */
export class TokenIssuer {
	private issuedTokens = new Map<string, { useCount: number; expiresAtMs: number }>();

	/** Responds to a valid token request: with a token, or with the refusal of another client. */
	respond(body: unknown, behaviour: SandboxBehaviour): SandboxResponse {
		const { client_id: clientId, client_secret: clientSecret } = body as Record<string, string>;
		if (clientId !== SANDBOX_CREDENTIAL_DATA.clientId || clientSecret !== SANDBOX_CREDENTIAL_DATA.clientSecret)
			return jsonResponse(400, { error: 'invalid_client' });
		const { tokenLifetimeSeconds } = behaviour;
		const token = this.issue(behaviour);
		return jsonResponse(200, { access_token: token, expires_in: tokenLifetimeSeconds, token_type: 'Bearer' });
	}

	/** Issues a token without a request for it. */
	issue({ tokenLifetimeSeconds, newTokenEndsOlder }: SandboxBehaviour): string {
		if (newTokenEndsOlder) this.expireAll();
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
	expireAll(): void {
		this.issuedTokens.clear();
	}
}
