/** Credential data that only the sandbox accepts. */
export const SANDBOX_CREDENTIAL_DATA = {
	clientId: 'sandbox-client',
	clientSecret: 'sandbox-secret-0123456789',
	subscriptionApiKey: 'sandbox-subscription-key-0123456789',
	accessToken: 'sandbox-pasted-token-0123456789',
} as const;

/** Formats the fields of the credential form for the sandbox at a URL, one per line. */
export const formatCredentialForm = (url: string): string =>
	`  Client ID         ${SANDBOX_CREDENTIAL_DATA.clientId}
  Client Secret     ${SANDBOX_CREDENTIAL_DATA.clientSecret}
  Subscription Key  ${SANDBOX_CREDENTIAL_DATA.subscriptionApiKey}
  Base URL          ${url}
  Access Token      ${SANDBOX_CREDENTIAL_DATA.accessToken} (only if Authentication is set to Access Token)`;
