import { randomBytes } from 'node:crypto';
import { SANDBOX_SIGN_IN } from './signIn.mts';
import type { Behaviour } from './types.mts';

/** The bearer tokens the sandbox has issued. */
export class Tokens {
	private issued = new Map<string, { uses: number; endsAt: number }>();

	/** Issues a fresh token. */
	issue({ tokenLifetimeSeconds, newTokenEndsOlder }: Behaviour): string {
		if (newTokenEndsOlder) this.expire();
		const token = randomBytes(24).toString('base64url');
		this.issued.set(token, { uses: 0, endsAt: Date.now() + tokenLifetimeSeconds * 1000 });
		return token;
	}

	/** Tells whether an Authorization header is accepted, and counts the use. */
	accepts(authorization: string | undefined, behaviour: Behaviour): boolean {
		const token = /^Bearer ([^ ]+)$/i.exec(authorization ?? '')?.[1];
		if (token === undefined) return false;
		if (token === SANDBOX_SIGN_IN.accessToken) return behaviour.acceptPastedToken;
		const known = this.issued.get(token);
		if (!known || Date.now() >= known.endsAt) return false;
		return ++known.uses <= (behaviour.tokenLifetimeRequests ?? Infinity);
	}

	/** Forgets every token issued so far. */
	expire(): void {
		this.issued.clear();
	}
}
