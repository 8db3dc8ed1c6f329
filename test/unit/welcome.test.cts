import { SANDBOX_SIGN_IN } from '../../sandbox/signIn.mts';
import { welcome } from '../../scripts/start/welcome.mts';

test.each([
	['Client ID', SANDBOX_SIGN_IN.clientId],
	['Client Secret', SANDBOX_SIGN_IN.clientSecret],
	['Subscription Key', SANDBOX_SIGN_IN.subscriptionApiKey],
	['Access Token', SANDBOX_SIGN_IN.accessToken],
	['Base URL', 'http://127.0.0.1:12345'],
])('npm start prints what to fill in: %s', (field, value) => {
	const signIn = { email: 'you@example.com', password: 'Try' };
	const text = welcome({ page: '', signIn, examples: [], sandbox: { url: 'http://127.0.0.1:12345' } });
	expect(text).toMatch(new RegExp(`^ +${field} +${value}\\b`, 'm'));
});
