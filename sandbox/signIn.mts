/** Throw-away sign-in that the sandbox accepts; it opens nothing else. Token mode: `accessToken`; else id and secret. */
export const SANDBOX_SIGN_IN = {
	clientId: 'sandbox-client',
	clientSecret: 'sandbox-secret-0123456789',
	subscriptionApiKey: 'sandbox-subscription-key-0123456789',
	accessToken: 'sandbox-pasted-token-0123456789',
} as const;

/** The credential form as a person fills it in for the sandbox at `url`, a field a line. */
export const credentialForm = (url: string): string =>
	`  Client ID         ${SANDBOX_SIGN_IN.clientId}
  Client Secret     ${SANDBOX_SIGN_IN.clientSecret}
  Subscription Key  ${SANDBOX_SIGN_IN.subscriptionApiKey}
  Base URL          ${url}
  Access Token      ${SANDBOX_SIGN_IN.accessToken} (only where Authentication is Access Token)`;
