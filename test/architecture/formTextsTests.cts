import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { homepage } from '../../package.json';
import { GoFiveApi } from '../../credentials/GoFiveApi.credentials';
import { GoFive } from '../../nodes/GoFive/GoFive.node';
import { GoFiveTrigger } from '../../nodes/GoFive/GoFiveTrigger.node';

/** Lists a form and everything in it, at any depth: parameters, options, modes and rows. */
function listEntries(value: unknown): Array<Record<string, unknown>> {
	if (typeof value !== 'object' || value === null) return [];
	return [value as Record<string, unknown>, ...Object.values(value).flatMap(listEntries)];
}

const forms = [new GoFive().description, new GoFiveTrigger().description, new GoFiveApi()];
const entries = forms.flatMap(listEntries);
const notices = entries.filter(({ type }) => type === 'notice').map(({ displayName }) => String(displayName));
const descriptions = entries.map(({ description }) => description).filter((text) => typeof text === 'string');

/** Counts sentences. A period inside a URL or a number ends none. */
const countSentences = (text: string): number => text.split(/[.!?](?:\s+|$)/).filter(Boolean).length;

test('the texts of all forms are found, and their sentences are counted', () => {
	expect(notices.length).toBeGreaterThan(10);
	expect(descriptions.length).toBeGreaterThan(500);
	const texts = ['One', 'One.', 'One, https://api.example.com/v1.2 included. Two (2.5).', 'One. Two? Three'];
	expect(texts.map(countSentences)).toEqual([1, 1, 2, 3]);
});

test('a notice has at most 120 characters in two sentences', () => {
	expect(notices.filter((text) => text.length > 120 || countSentences(text) > 2)).toEqual([]);
});

test('a description has at most two sentences', () => {
	expect(descriptions.filter((text) => countSentences(text) > 2)).toEqual([]);
});

const PAGES_URL = `${homepage.replace('#readme', '')}/blob/main/`;
const listLinks = (text: string): string[] => [...text.matchAll(/href=["']([^"']+)/g)].map(([, url]) => String(url));

test('a link in a description leads to a page of this repository, or of n8n', () => {
	const links = descriptions.flatMap(listLinks).filter((url) => !url.startsWith('https://docs.n8n.io/'));
	expect(links.length).toBeGreaterThan(20);
	const pages = links.map((url) => join(__dirname, '../..', url.replace(PAGES_URL, '')));
	expect(pages.filter((page) => !existsSync(page))).toEqual([]);
});

/** Codes and numbers that a user assigns, or knows without Venio. */
const KNOWN_VALUES = ['Branch Code', 'Currency Code', 'Reference Number', 'Serial Number', 'Tax ID', 'Variant Code'];

test('the description of a code or an ID ends with a link to the page about where to find it', () => {
	const codes = [new GoFive(), new GoFiveTrigger()]
		.flatMap(({ description }) => listEntries(description))
		.filter(({ type, displayName }) => type === 'string' && /(?:Code|Number|ID)s?$/.test(String(displayName)));
	const described = codes.filter(({ displayName }) => !['By ID', ...KNOWN_VALUES].includes(String(displayName)));
	expect(described.length).toBeGreaterThan(40);
	const withoutLink = described.filter(
		({ description }) => !/<a href='[^']+\/docs\/codes\.md'>[^<]+<\/a>\.$/.test(String(description)),
	);
	expect(withoutLink.map(({ displayName, description }) => [displayName, description])).toEqual([]);
});
