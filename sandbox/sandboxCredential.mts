/** Throw-away sign-in that the sandbox accepts; it opens nothing else. Token mode: `accessToken`; else id and secret. */
export const SANDBOX_CREDENTIAL_DATA = {
	clientId: 'sandbox-client',
	clientSecret: 'sandbox-secret-0123456789',
	subscriptionApiKey: 'sandbox-subscription-key-0123456789',
	accessToken: 'sandbox-pasted-token-0123456789',
} as const;

/** The credential form as a person fills it in for the sandbox at `url`, a field a line. */
export const formatCredentialForm = (url: string): string =>
	`  Client ID         ${SANDBOX_CREDENTIAL_DATA.clientId}
  Client Secret     ${SANDBOX_CREDENTIAL_DATA.clientSecret}
  Subscription Key  ${SANDBOX_CREDENTIAL_DATA.subscriptionApiKey}
  Base URL          ${url}
  Access Token      ${SANDBOX_CREDENTIAL_DATA.accessToken} (only where Authentication is Access Token)`;
