// The pattern of the example workflows, so that a person who does not write code can change each of them.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INode, IWorkflowBase } from 'n8n-workflow';

/** Maximum length of the code between two braces in characters, of a note in words, and of a report in nodes. */
const MAX_CODE_LENGTH = 120;
const MAX_NOTE_WORDS = 90;
const MAX_REPORT_NODES = 8;

/**
 * Nodes whose code nobody changes. Their content is the same in all examples. Send and Wait of n8n turns the entities
 * of the first node into tags, but not those of the second.
 */
const FIXED_NODE_NAMES = ['Make texts safe', 'Make texts safe for approval'];

/** Reports with more nodes, with the reason. */
const LONG_REPORTS = [
	// A report that keeps its history creates a table, saves the rows of this run, and reads those of the last weeks.
	'deal-pipeline-history.json',
];

/** Code that only a developer can change: functions, template literals and choices between values. */
const DEVELOPER_CODE = /=>|\bfunction\b|\.(?:map|reduce|filter|join|flatMap|some|every)\(|`|(?<!\?)\?(?![.?])/;

/** Blocks whose texts a person changes: the fields of a report or a file, and the line of a record. */
const TEXT_BLOCKS = /^(?:Columns of the|One line per) /;

/** Types of the nodes that send, show or write a text, without those of this package. */
const SENDING_TYPES = [
	'n8n-nodes-base.convertToFile',
	'n8n-nodes-base.emailSend',
	'n8n-nodes-base.form',
	'n8n-nodes-base.formTrigger',
	'n8n-nodes-base.googleSheets',
	'n8n-nodes-base.httpRequest',
	'n8n-nodes-base.slack',
	'n8n-nodes-base.stopAndError',
	'n8n-nodes-base.telegram',
	'@n8n/n8n-nodes-langchain.agent',
	'@n8n/n8n-nodes-langchain.chatHitlTool',
	'@n8n/n8n-nodes-langchain.chatTrigger',
	'@n8n/n8n-nodes-langchain.mcpTrigger',
	'n8n-nodes-gofive.goFiveTool',
];

/** Nodes that compare values with words, which are not texts of a report. */
const COMPARING_TYPES = ['n8n-nodes-base.filter', 'n8n-nodes-base.if'];

/** Parameters whose words are names of fields or data tables, or attributes of a table in HTML. */
const NAME_PARAMETERS = ['dataTableId', 'name', 'tableAttributes', 'tableName'];

/** Operations of this package that write no text. */
const READ_OPERATIONS = ['get', 'getAll', 'getByCustomerCode'];

/** Other nodes with texts, with the reason. */
const OTHER_TEXT_NODES: Record<string, string[]> = {
	// LINE accepts the text only within a list of messages.
	'events-of-yesterday-to-line.json': ['Text of the message'],
	// The table keeps the line of each stage.
	'deal-pipeline-history.json': ['Save stage'],
	// The next node writes both results to the same column.
	'stock-of-sheet-to-venio.json': ['Items to check', 'Updated items'],
	// The name of an employee, which the first note asks to replace.
	'web-form-to-case.json': ['Find employee'],
};

/** Words of a text: two words, a capitalized word, or a word in Thai. */
const WORDS = /\p{L}{2,} \p{L}{2,}|(?<![\p{L}\d])\p{Lu}\p{Ll}{2,}(?![\p{L}_])|\p{Lo}{2,}/u;

/** Tags of a table. */
const TABLE_TAGS = /<\/?(?:table|tr|td|th)\b/;

const folder = path.join(__dirname, '../../examples');
const examples = readdirSync(folder).filter((file) => file.endsWith('.json'));
const readWorkflow = (file: string) =>
	JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Pick<IWorkflowBase, 'nodes' | 'connections'>;
const isNote = ({ type }: INode): boolean => type === 'n8n-nodes-base.stickyNote';
const listNodes = (file: string) => readWorkflow(file).nodes.filter((node) => !isNote(node));
const listNotes = (file: string) => readWorkflow(file).nodes.filter(isNote).map(readContent);
const readContent = ({ parameters }: INode): string => parameters['content'] as string;

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

/** Removes the code from a text. The texts in the code remain, without formats and the names of nodes and fields. */
const removeCode = (text: string): string =>
	text.replace(/\{\{(.*?)\}\}/gs, (_match, code: string) =>
		[...code.replaceAll(/(?:\$|ormat)\('[^']*'\)|\['[^']*'\]/g, '').matchAll(/'([^']*)'/g)]
			.map(([, quoted]) => quoted)
			.join('\n'),
	);

/** Whether the texts of a node are where a person looks for them. */
const mayContainTexts = ({ name, type, parameters }: INode): boolean =>
	TEXT_BLOCKS.test(name) ||
	[...SENDING_TYPES, ...COMPARING_TYPES].includes(type) ||
	(type === 'n8n-nodes-gofive.goFive' && !READ_OPERATIONS.includes(parameters['operation'] as string));

/** Returns the parameters of a node without names. */
const omitNames = (parameters: INode['parameters']): unknown =>
	JSON.parse(JSON.stringify(parameters, (key, value: unknown) => (NAME_PARAMETERS.includes(key) ? undefined : value)));

/** Whether a parameter of a node contains words that a person may translate. */
const containsWords = ({ parameters }: INode): boolean =>
	listTexts(omitNames(parameters)).some((text) => WORDS.test(removeCode(text)));

/** Counts the words of a note, without the marks of headings and lists. */
const countWords = (note: string): number => note.replace(/^(?:##|\d+\.|\*) /gm, '').split(/\s+/).length;

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

test.each(examples)('%s: texts are in the fields of the report, and in the nodes that send', (file) => {
	const nodes = listNodes(file).filter((node) => !mayContainTexts(node) && containsWords(node));
	expect(nodes.map(({ name }) => name).toSorted()).toEqual(OTHER_TEXT_NODES[file] ?? []);
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

/** Whether a workflow starts automatically and ends in a report or an alert. */
const isReport = (file: string): boolean =>
	listNodes(file).some(({ type }) => type.endsWith('.scheduleTrigger') || type.endsWith('.goFiveTrigger'));

/** Counts the nodes that are connected. A node to copy is not. */
function countConnectedNodes(file: string): number {
	const { connections } = readWorkflow(file);
	const targets = Object.values(connections).flatMap(({ main = [] }) => main.flatMap((links) => links ?? []));
	return new Set([...Object.keys(connections), ...targets.map(({ node }) => node)]).size;
}

test.each(examples.filter((file) => isReport(file) && !LONG_REPORTS.includes(file)))(
	`%s has at most ${MAX_REPORT_NODES} nodes`,
	(file) => {
		expect(countConnectedNodes(file)).toBeLessThanOrEqual(MAX_REPORT_NODES);
	},
);

test.each(examples)(`%s: each note has at most ${MAX_NOTE_WORDS} words`, (file) => {
	const words = listNotes(file).map((note) => [countWords(note), note] as const);
	expect(words.filter(([count]) => count > MAX_NOTE_WORDS)).toEqual([]);
});

test.each(examples)('%s: the first note begins with the steps, and ends with the costs', (file) => {
	expect(listNotes(file)[0]).toMatch(/^## .+\n1\. [^]+\n\n[A-Z][^\n]*\.\n\nRequests: [^\n]+\.$/);
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
