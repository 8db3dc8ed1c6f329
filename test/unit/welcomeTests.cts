import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/sandboxCredential.mts';
import { formatStartupMessage } from '../../scripts/start/startupMessage.mts';

test.each([
	['Client ID', SANDBOX_CREDENTIAL_DATA.clientId],
	['Client Secret', SANDBOX_CREDENTIAL_DATA.clientSecret],
	['Subscription Key', SANDBOX_CREDENTIAL_DATA.subscriptionApiKey],
	['Access Token', SANDBOX_CREDENTIAL_DATA.accessToken],
	['Base URL', 'http://127.0.0.1:12345'],
])('npm start prints the values to enter: %s', (field, value) => {
	const signIn = { email: 'you@example.com', password: 'Try' };
	const text = formatStartupMessage({
		workflowUrl: '',
		signIn,
		examples: [],
		sandbox: { url: 'http://127.0.0.1:12345' },
	});
	expect(text).toMatch(new RegExp(`^ +${field} +${value}\\b`, 'm'));
});
