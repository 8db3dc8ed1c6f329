import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

test.each([
	['the names of the list', { platform: '={{ "LINE" }}', type: '={{ " message " }}' }, 'line', 'message'],
	['values that the list does not contain', { platform: '={{ "facebook" }}', type: '={{ 2 }}' }, 'facebook', '2'],
])('an expression may return %s', async (_, parameters, platform, type) => {
	await fixture.expectBodyChanges('chat.sendMessage', parameters, { platform, type });
});
