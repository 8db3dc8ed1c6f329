import { createRequire } from 'node:module';
import ts from 'typescript';
import { formatLocation, type SourceFile } from './sourceFiles.mts';

// Constants of the lint rules: per parameter whose texts n8n fixes, its description and the end of its name.
const ruleConstants = createRequire(import.meta.url)('eslint-plugin-n8n-nodes-base/dist/lib/constants.js') as Record<
	string,
	{ DESCRIPTION?: string; DISPLAY_NAME_SUFFIX?: string } | undefined
>;
const fixedTexts = new Set(Object.values(ruleConstants).map((value) => value?.DESCRIPTION));
const fixedSuffixes = Object.values(ruleConstants).flatMap((value) => value?.DISPLAY_NAME_SUFFIX ?? []);

/** A shorter text is a name, not a sentence. */
const MIN_SENTENCE_WORDS = 4;

/** The text of a literal, of literals joined by "+", or of a template, whose holes become "{}". */
function literalText(node: ts.Node): string | undefined {
	if (ts.isStringLiteralLike(node)) return node.text;
	if (ts.isTemplateExpression(node)) {
		return node.head.text + node.templateSpans.map((span) => `{}${span.literal.text}`).join('');
	}
	if (ts.isParenthesizedExpression(node)) return literalText(node.expression);
	if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
		const [left, right] = [literalText(node.left), literalText(node.right)];
		return left === undefined || right === undefined ? undefined : left + right;
	}
	return undefined;
}

/**
 * Finds sentences that stand in the source more than once: descriptions, hints, messages, and the
 * texts handed to a function that builds a field. n8n's fixed texts may.
 * @returns one line per text: the text and where it stands.
 */
export function findRepeatedTexts(files: SourceFile[]): string[] {
	const locationsByText = new Map<string, string[]>();
	const visit = (node: ts.Node): void => {
		const text = literalText(node);
		if (text === undefined) {
			node.forEachChild(visit);
			return;
		}
		const normalizedText = text.trim().replace(/\s+/gu, ' ');
		const words = normalizedText.split(' ').filter((word) => !word.includes('{}'));
		const isFixed = fixedTexts.has(normalizedText) || fixedSuffixes.some((end) => normalizedText.endsWith(end));
		if (words.length < MIN_SENTENCE_WORDS || isFixed) return;
		locationsByText.set(normalizedText, [...(locationsByText.get(normalizedText) ?? []), formatLocation(node)]);
	};
	for (const { tree } of files) tree?.forEachChild(visit);
	return [...locationsByText]
		.filter(([, locations]) => locations.length > 1)
		.map(([text, locations]) => `"${text}" ${locations.join(', ')}`);
}
