import { GoFiveApi } from '../../credentials/GoFiveApi.credentials';
import { GoFive } from '../../nodes/GoFive/GoFive.node';
import { GoFiveTrigger } from '../../nodes/GoFive/GoFiveTrigger.node';

const MAX_NOTICE_CHARACTERS = 120;
const MAX_SENTENCES = 2;

interface FormText {
	/** Names of the parameters and options from the form to the text. */
	place: string;
	kind: 'notice' | 'description';
	text: string;
}

/** Lists the notices and the descriptions in a form, at any depth. */
function collectFormTexts(value: unknown, parentPlace: string): FormText[] {
	if (typeof value !== 'object' || value === null) return [];
	if (Array.isArray(value)) return value.flatMap((entry) => collectFormTexts(entry, parentPlace));
	const { type, name, displayName, description, displayOptions } = value as Record<string, unknown>;
	const { show } = (displayOptions ?? {}) as { show?: Record<string, unknown> };
	const condition = show ? ` ${JSON.stringify(show)}` : '';
	const place = typeof name === 'string' ? `${parentPlace} > ${name}${condition}` : parentPlace;
	const notices = type === 'notice' ? [{ place, kind: 'notice' as const, text: String(displayName) }] : [];
	const descriptions =
		typeof description === 'string' ? [{ place, kind: 'description' as const, text: description }] : [];
	return [
		...notices,
		...descriptions,
		...Object.values(value).flatMap((nestedValue) => collectFormTexts(nestedValue, place)),
	];
}

const formTexts = [
	...collectFormTexts(new GoFive().description, 'action'),
	...collectFormTexts(new GoFiveTrigger().description, 'trigger'),
	...collectFormTexts(new GoFiveApi(), 'credential'),
];

/** Counts sentences. A period inside a URL or a number ends none. */
const countSentences = (text: string): number => text.split(/[.!?](?:\s+|$)/).filter(Boolean).length;

test('the sentences of a text are counted', () => {
	const texts = ['One', 'One.', 'One, https://api.example.com/v1.2 included. Two (2.5).', 'One. Two? Three'];
	expect(texts.map(countSentences)).toEqual([1, 1, 2, 3]);
});

test('the texts of all forms are found', () => {
	const kinds = formTexts.map(({ kind }) => kind);
	expect(kinds.filter((kind) => kind === 'notice').length).toBeGreaterThan(10);
	expect(kinds.filter((kind) => kind === 'description').length).toBeGreaterThan(500);
});

test(`a notice has at most ${MAX_NOTICE_CHARACTERS} characters in two sentences`, () => {
	const tooLong = formTexts
		.filter(({ kind }) => kind === 'notice')
		.filter(({ text }) => text.length > MAX_NOTICE_CHARACTERS || countSentences(text) > MAX_SENTENCES);
	expect(tooLong).toEqual([]);
});

test('a description has at most two sentences', () => {
	const tooLong = formTexts
		.filter(({ kind }) => kind === 'description')
		.filter(({ text }) => countSentences(text) > MAX_SENTENCES);
	expect(tooLong).toEqual([]);
});
