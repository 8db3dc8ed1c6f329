// The pattern of the example workflows, so that a person who does not write code can change each of them.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INode, IWorkflowBase } from 'n8n-workflow';

/** Maximum length of the code between two braces, in characters. */
const MAX_CODE_LENGTH = 120;

/**
 * Nodes whose code nobody changes. Their content is the same in all examples. Send and Wait of n8n turns the entities
 * of the first node into tags, but not those of the second.
 */
const FIXED_NODE_NAMES = ['Make texts safe', 'Make texts safe for approval'];

/** Code that only a developer can change: functions, template literals and choices between values. */
const DEVELOPER_CODE = /=>|\bfunction\b|\.(?:map|reduce|filter|join|flatMap|some|every)\(|`|(?<!\?)\?(?![.?])/;

/** Tags of a table. */
const TABLE_TAGS = /<\/?(?:table|tr|td|th)\b/;

const folder = path.join(__dirname, '../../examples');
const examples = readdirSync(folder).filter((file) => file.endsWith('.json'));
const readWorkflow = (file: string) =>
	JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Pick<IWorkflowBase, 'nodes'>;
const isNote = ({ type }: INode): boolean => type === 'n8n-nodes-base.stickyNote';
const listNodes = (file: string) => readWorkflow(file).nodes.filter((node) => !isNote(node));

/** Returns the texts in the parameters of a node. */
const listTexts = (value: unknown): string[] => {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(listTexts) : [];
};

/** Returns the code in a text. A value that a model defines is a description, not code. */
const listCode = (text: string): string[] =>
	[...text.matchAll(/\{\{(.*?)\}\}/gs)]
		.map(([, code = '']) => code.trim())
		.filter((code) => !code.includes('$fromAI('));

/** Whether code is short and plain. Its texts and the names of nodes may contain any character. */
const isPlainCode = (code: string): boolean =>
	code.length <= MAX_CODE_LENGTH && !DEVELOPER_CODE.test(code.replaceAll(/'[^']*'/g, "''"));

test.each(examples)('%s: code is short and without functions', (file) => {
	const nodes = listNodes(file).filter(({ name }) => !FIXED_NODE_NAMES.includes(name));
	const codes = nodes.flatMap(({ name, parameters }) =>
		listTexts(parameters)
			.flatMap(listCode)
			.map((code) => ({ name, code })),
	);
	const tables = nodes.filter(({ parameters }) => TABLE_TAGS.test(JSON.stringify(parameters)));
	expect(tables.map(({ name }) => name)).toEqual([]);
	expect(codes.filter(({ code }) => !isPlainCode(code))).toEqual([]);
});

/** Code that a person who reads a date or a number in a field does not need. */
const UNNECESSARY_CODE = /\$today|toISODate|\bNumber\(|\.slice\(|\breplace\(/;

/** Code that formats a date. */
const DATE_FORMAT = /\.(?:toFormat|format)\('/g;

test.each(examples)('%s: dates and numbers are used as they are, and a title formats one date', (file) => {
	const nodes = listNodes(file).filter(({ name }) => !FIXED_NODE_NAMES.includes(name));
	const texts = nodes.flatMap(({ name, parameters }) => listTexts(parameters).map((text) => ({ name, text })));
	expect(texts.filter(({ text }) => listCode(text).some((code) => UNNECESSARY_CODE.test(code)))).toEqual([]);
	// A line of a list is no title.
	const titles = texts.filter(({ name }) => !name.startsWith('One line per '));
	expect(titles.filter(({ text }) => (text.match(DATE_FORMAT) ?? []).length > 1)).toEqual([]);
});

/** Expression that reads a column of the report by its heading. */
const HEADING_EXPRESSION = /\$\('Columns of [^']+'\)\.all\(\)\.pluck\('json'\)\.pluck\('([^']+)'\)/g;

test.each(examples)('%s: a note names the headings that other texts read, because a user renames headings', (file) => {
	const texts = listNodes(file).flatMap(({ parameters }) => listTexts(parameters));
	const headings = texts.flatMap((text) => [...text.matchAll(HEADING_EXPRESSION)].map(([, heading]) => heading));
	const notes = JSON.stringify(readWorkflow(file).nodes.filter(isNote));
	expect(headings.filter((heading) => !notes.includes(`**${heading}**`))).toEqual([]);
});

test('there are at most 27 examples, of which at most eleven are reports', () => {
	expect(examples.length).toBeLessThanOrEqual(27);
	const reports = readFileSync(path.join(folder, 'README.md'), 'utf8').split('<!-- end of Reports -->')[0] ?? '';
	expect(examples.filter((file) => reports.includes(`](${file})`)).length).toBeLessThanOrEqual(11);
});

test.each(FIXED_NODE_NAMES)('%s is the same in all examples', (fixedName) => {
	const nodes = examples.flatMap(listNodes).filter(({ name }) => name === fixedName);
	expect(new Set(nodes.map(({ parameters }) => JSON.stringify(parameters))).size).toBe(1);
});

/** Whether a node makes the texts safe for which n8n's table and Slack have no escape. */
const makesTextsSafe = (node: INode): boolean =>
	FIXED_NODE_NAMES.includes(node.name) || /replaceAll\('<', '&lt;'\)/.test(JSON.stringify(node.parameters));

const needsSafeTexts = ({ type, parameters }: INode): boolean =>
	['n8n-nodes-base.html', 'n8n-nodes-base.slack', 'n8n-nodes-base.telegram'].includes(type) ||
	(type === 'n8n-nodes-base.emailSend' && parameters['emailFormat'] !== 'text');

test.each(examples.filter((file) => listNodes(file).some(needsSafeTexts)))(
	'%s makes texts safe before HTML and chats',
	(file) => {
		expect(listNodes(file).some(makesTextsSafe)).toBe(true);
	},
);

test.each(examples)('%s: the first note begins with the steps, and ends with the costs', (file) => {
	const note = readWorkflow(file).nodes.find(isNote);
	expect(note?.parameters['content']).toMatch(/^## .+\n1\. [^]+\n\n[A-Z][^\n]*\.\n\nRequests: [^\n]+\.$/);
});

const readOptions = ({ parameters }: INode) =>
	(parameters['options'] ?? parameters['additionalFields']) as Record<string, unknown>;
const isEmail = ({ type }: INode): boolean => type === 'n8n-nodes-base.emailSend';

test.each(examples)('%s: messages contain no advertising of n8n', (file) => {
	const messages = listNodes(file).filter((node) => isEmail(node) || node.type === 'n8n-nodes-base.telegram');
	expect(messages.filter((node) => readOptions(node)['appendAttribution'] !== false)).toEqual([]);
});

// Thai abbreviations end with a dot. By default, n8n would make an object of the words before and after it.
test.each(examples)('%s: a heading may contain a dot', (file) => {
	const columns = listNodes(file).filter(({ name }) => name.startsWith('Columns of the'));
	expect(columns.filter((node) => readOptions(node)['dotNotation'] !== false)).toEqual([]);
});

const createsFile = ({ type }: INode): boolean => type === 'n8n-nodes-base.convertToFile';

test.each(examples.filter((file) => listNodes(file).some(createsFile)))('%s: emails contain the file', (file) => {
	const emails = listNodes(file).filter(isEmail);
	expect(emails.filter((node) => readOptions(node)['fileAttachments'] !== 'data')).toEqual([]);
});
