import { DateTime } from 'luxon';
import { GoFiveError, toGoFiveError } from '../../nodes/GoFive/api/errors';
import { Redactor } from '../../nodes/GoFive/api/redactor';
import { findCheckError, uncheckedError } from '../../nodes/GoFive/operation/kinds/update/checkUpdate';
import { formatValue } from '../../nodes/GoFive/operation/fields/readValue';
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

test.each([undefined, null, 'No', new Error('No')])(
	'%p that was thrown becomes an error with a description',
	(thrown) => {
		expect(toGoFiveError(thrown)).toMatchObject({
			kind: 'input',
			message: thrown ? 'No' : String(thrown),
			description: 'Check the expressions in the fields of this node.',
		});
	},
);

test('errors with which the node ends updates are not called rejections of GoFive', () => {
	const errors = [findCheckError(undefined), uncheckedError('No.')];
	expect(errors.map((error) => [error?.kind, error?.concernsRecord])).toEqual(errors.map(() => ['stopped', true]));
});

describe('a secret in a text', () => {
	const SECRET = 'p+W/x8=Zq&7kT5%h"9 Rm~v4$Ls2_uN1Xw6.(a|b)[c]{d}^\\';
	const urlEncoded = encodeURIComponent(SECRET);

	test.each([
		['plain', SECRET],
		['in upper case', SECRET.toUpperCase()],
		['URL-encoded', urlEncoded],
		['URL-encoded with lower-case hex', urlEncoded.replace(/%../g, (code) => code.toLowerCase())],
		['form-encoded', new URLSearchParams({ x: SECRET }).toString().slice(2)],
		['as JSON text', JSON.stringify(SECRET).slice(1, -1)],
	])('is masked wherever it occurs: %s', (_, spelling) => {
		const { redactText } = new Redactor([SECRET]);
		expect(redactText(`No ${spelling}, ${spelling}${spelling}.`)).toBe('No ***, ******.');
	});

	test('is masked completely, even if another secret is its beginning', () => {
		const redactor = new Redactor(['secret-1', 'secret-1-and-more']);
		redactor.add('secret-1-and');
		expect(redactor.redactText('secret-1-and-more secret-1-and secret-1')).toBe('*** *** ***');
	});

	test('is masked in message and description of an error, which keeps its kind and facts', () => {
		const redactor = new Redactor();
		redactor.add('secret-1');
		const text = { kind: 'credential', message: 'No secret-1', description: 'Check secret-1.' } as const;
		const error = redactor.redact(new GoFiveError({ ...text, httpCode: '401', processed: 'maybe' }));
		const masked = { kind: 'credential', message: 'No ***', description: 'Check ***.' };
		expect(error).toMatchObject({ ...masked, httpCode: '401', processed: 'maybe' });
	});

	test('is masked at the end of a text that was cut, from its fourth character on', () => {
		const { redactText } = new Redactor(['secret-1', 'other+secret']);
		expect(redactText('No secret-…, secr…, sec…, Other%2Bs… or secret-1… in secret-')).toBe(
			'No ***…, ***…, sec…, ***… or ***… in secret-',
		);
	});

	test('of fewer than eight characters may occur by chance, so it stays', () => {
		const { redactText } = new Redactor(['', '1234567', '12345678']);
		expect(redactText('1234567 12345678')).toBe('1234567 ***');
		expect(new Redactor().redactText('Text')).toBe('Text');
	});
});
