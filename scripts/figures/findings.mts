import { createRequire } from 'node:module';
import ts from 'typescript';
import { where, type SourceFile } from './source.mts';

// Constants of the lint rules: per parameter whose texts n8n fixes, its description and the end of its name.
const constants = createRequire(import.meta.url)('eslint-plugin-n8n-nodes-base/dist/lib/constants.js') as Record<
	string,
	{ DESCRIPTION?: string; DISPLAY_NAME_SUFFIX?: string } | undefined
>;
const fixedTexts = new Set(Object.values(constants).map((value) => value?.DESCRIPTION));
const fixedEnds = Object.values(constants).flatMap((value) => value?.DISPLAY_NAME_SUFFIX ?? []);

/** A shorter text is a name, not a sentence. */
const SENTENCE_WORDS = 4;

/** The text of a literal, of literals joined by "+", or of a template, whose holes become "{}". */
function textOf(node: ts.Node): string | undefined {
	if (ts.isStringLiteralLike(node)) return node.text;
	if (ts.isTemplateExpression(node)) {
		return node.head.text + node.templateSpans.map((span) => `{}${span.literal.text}`).join('');
	}
	if (ts.isParenthesizedExpression(node)) return textOf(node.expression);
	if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
		const [left, right] = [textOf(node.left), textOf(node.right)];
		return left === undefined || right === undefined ? undefined : left + right;
	}
	return undefined;
}

/**
 * Finds sentences that stand in the source more than once: descriptions, hints, messages, and the
 * texts handed to a function that builds a field. n8n's fixed texts may.
 * @returns one line per text: the text and where it stands.
 */
export function repeatedTexts(files: SourceFile[]): string[] {
	const places = new Map<string, string[]>();
	const look = (node: ts.Node): void => {
		const text = textOf(node);
		if (text === undefined) {
			node.forEachChild(look);
			return;
		}
		const plain = text.trim().replace(/\s+/gu, ' ');
		const words = plain.split(' ').filter((word) => !word.includes('{}'));
		const isFixed = fixedTexts.has(plain) || fixedEnds.some((end) => plain.endsWith(end));
		if (words.length < SENTENCE_WORDS || isFixed) return;
		places.set(plain, [...(places.get(plain) ?? []), where(node)]);
	};
	for (const { tree } of files) tree?.forEachChild(look);
	return [...places].filter(([, at]) => at.length > 1).map(([text, at]) => `"${text}" ${at.join(', ')}`);
}
