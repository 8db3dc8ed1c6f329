/** `npm run figures`: the house figures of what is built, each with its bound; fails when one is over. */
import Table from 'cli-table3';
import { resources } from '../nodes/GoFive/resources/index.ts';
import { isOver, median, shownBound, type Bound } from './bounds.mts';
import { pack } from './checks/pack.mts';
import { repeatedTexts } from './figures/findings.mts';
import { duplicates } from './figures/package.mts';
import { readSource, sourceLines, type SourceFile } from './figures/source.mts';

/** A figure, its bound if it has one, and what a person needs to find the cause when it is over. */
interface Figure {
	title: string;
	value: number;
	unit?: string;
	bound?: Bound;
	causes?: string[];
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** The longest of the files, and all that are over the bound. */
function longest(title: string, files: SourceFile[], bound: number): Figure {
	const over = files.filter(({ lines }) => lines > bound);
	return {
		title,
		value: Math.max(0, ...files.map(({ lines }) => lines)),
		unit: 'lines',
		bound: { atMost: bound },
		causes: over.map(({ name, lines }) => `${name} (${lines})`),
	};
}

const [published, tools, copies, packed] = await Promise.all([
	readSource(['nodes', 'credentials']),
	readSource(['test', 'scripts', 'sandbox']),
	duplicates(),
	pack(),
]);
const code = published.filter(({ tree }) => tree);
if (code.length === 0) throw new Error('No source found: run this from the root of the checkout.');
const isResource = ({ name }: SourceFile): boolean => name.startsWith('nodes/GoFive/resources/');
const operations = resources.flatMap((resource) => resource.operations).length;
const lines = sourceLines(code);
const repeated = repeatedTexts(code);
const lent = sourceLines(tools.filter(({ name }) => !name.startsWith('test/e2e/')));

const figures: Figure[] = [
	longest('longest file', published, 250),
	longest('longest file under nodes/GoFive/api/', code.filter(({ name }) => name.startsWith('nodes/GoFive/api/')), 150),
	{ title: 'median file', value: median(code.map((file) => file.lines)), unit: 'lines', bound: { below: 60 } },
	{ title: 'duplicated lines', value: round(copies.percent), unit: '%', bound: { below: 2 }, causes: copies.places },
	{ title: 'texts that stand twice', value: repeated.length, bound: { atMost: 0 }, causes: repeated },
	{ title: 'packed size', value: round(packed.size / 1000), unit: 'kB', bound: { below: 150 } },
	{ title: 'source files', value: code.length },
	{ title: 'operations', value: operations },
	{ title: 'source lines (1)', value: lines },
	{
		title: 'source lines (1) under resources/ per operation',
		value: round(sourceLines(code.filter(isResource)) / operations),
		bound: { atMost: 60 },
	},
	{
		title: 'source lines (1) of all else under nodes/ and credentials/',
		value: sourceLines(code.filter((file) => !isResource(file))),
		bound: { atMost: 4500 },
	},
	{
		title: 'source lines (1) of tests, sandbox and scripts, in times the published source',
		value: round(lent / lines),
		bound: { below: 2 },
	},
];

const table = new Table({ head: ['figure', 'value', 'bound', ''], style: { head: [], border: [] } });
for (const { title, value, unit = '', bound } of figures) {
	const verdict = bound ? [shownBound(bound), isOver(value, bound) ? 'over' : 'ok'] : ['', ''];
	table.push([title, `${value} ${unit}`.trim(), ...verdict]);
}
console.log(`${table.toString()}\n(1) Lines of TypeScript that are neither blank nor comment.`);

const over = figures.filter(({ value, bound }) => bound && isOver(value, bound));
for (const { title, causes = [] } of over) console.log(`\n${title}:\n${causes.map((cause) => `  ${cause}`).join('\n')}`);
console.log(
	over.length === 0
		? 'Every figure is within its bound. Next: npm test.'
		: `\n${over.length} of the figures are over their bound. Shorten or merge what is named above.`,
);
process.exitCode = over.length === 0 ? 0 : 1;
