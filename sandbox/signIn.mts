/** Throw-away sign-in that the sandbox accepts; it opens nothing else. Token mode: `accessToken`; else id and secret. */
export const SANDBOX_SIGN_IN = {
	clientId: 'sandbox-client',
	clientSecret: 'sandbox-secret-0123456789',
	subscriptionApiKey: 'sandbox-subscription-key-0123456789',
	accessToken: 'sandbox-pasted-token-0123456789',
} as const;
