import { DateTime } from 'luxon';
import { SecretRedactor } from '../../nodes/GoFive/api/auth/redaction';
import { formatValue } from '../../nodes/GoFive/operation/invalidValue';
import { truncate } from '../../nodes/GoFive/shared/text';

test('a long text is cut without reading all of it', () => {
	const text = '😀'.repeat(2 ** 19);
	const startUsage = process.cpuUsage();
	for (let call = 0; call < 500; call++) expect(truncate(text, 3)).toBe('😀😀😀…');
	expect(process.cpuUsage(startUsage).user).toBeLessThan(2_000_000);
	expect(truncate('😀😀😀', 3)).toBe('😀😀😀');
});

test.each([
	[new Date('x'), 'an invalid date'],
	[DateTime.invalid('x'), 'an invalid date'],
	[new Date(0), '"1970-01-01T00:00:00.000Z"'],
	['x', '"x"'],
	[undefined, 'undefined'],
	[NaN, 'a calculation that did not return a number'],
	[
		{
			get isValid() {
				throw new TypeError('not to be read');
			},
		},
		'[object Object]',
	],
])('a value in a message: %#', (value, text) => {
	expect(formatValue(value)).toBe(text);
});

test('after many tokens, the credential and the newest token are masked, and an older token takes no memory', () => {
	const redactor = new SecretRedactor();
	redactor.addCredential({ subscriptionApiKey: 'subscription-key', clientSecret: 'client-secret' });
	const tokens = Array.from({ length: 40 }, (_, index) => `${index}-token`.padStart(20, '0'));
	for (const token of tokens) redactor.add(token);
	const text = ['subscription-key', 'client-secret', tokens.at(-1), tokens[16]].join(' ');
	expect(redactor.redactText(text)).toBe(`*** *** *** ${tokens[16]}`);
});
