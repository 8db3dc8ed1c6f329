/** `npm run figures`: the house figures of what is built, each with its bound; fails when one is over. */
import Table from 'cli-table3';
import { resources } from '../nodes/GoFive/resources/index.ts';
import { exceedsBound, median, formatBound, type Bound } from './bounds.mts';
import { packRepository } from './checks/npmPack.mts';
import { findRepeatedTexts } from './figures/repeatedTexts.mts';
import { findDuplicates } from './figures/packageAnalysis.mts';
import { readSourceFiles, countSourceLines, type SourceFile } from './figures/sourceFiles.mts';

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
function longestFile(title: string, files: SourceFile[], bound: number): Figure {
	const exceeded = files.filter(({ lines }) => lines > bound);
	return {
		title,
		value: Math.max(0, ...files.map(({ lines }) => lines)),
		unit: 'lines',
		bound: { atMost: bound },
		causes: exceeded.map(({ name, lines }) => `${name} (${lines})`),
	};
}

const [publishedFiles, toolFiles, duplication, packResult] = await Promise.all([
	readSourceFiles(['nodes', 'credentials']),
	readSourceFiles(['test', 'scripts', 'sandbox']),
	findDuplicates(),
	packRepository(),
]);
const sourceFiles = publishedFiles.filter(({ tree }) => tree);
if (sourceFiles.length === 0) throw new Error('No source found: run this from the root of the checkout.');
const isResource = ({ name }: SourceFile): boolean => name.startsWith('nodes/GoFive/resources/');
const operationCount = resources.flatMap((resource) => resource.operations).length;
const lines = countSourceLines(sourceFiles);
const repeatedSentences = findRepeatedTexts(sourceFiles);
const toolLines = countSourceLines(toolFiles.filter(({ name }) => !name.startsWith('test/e2e/')));

const figures: Figure[] = [
	longestFile('longest file', publishedFiles, 250),
	longestFile(
		'longest file under nodes/GoFive/api/',
		sourceFiles.filter(({ name }) => name.startsWith('nodes/GoFive/api/')),
		150,
	),
	{ title: 'median file', value: median(sourceFiles.map((file) => file.lines)), unit: 'lines', bound: { below: 60 } },
	{
		title: 'duplicated lines',
		value: round(duplication.percent),
		unit: '%',
		bound: { below: 2 },
		causes: duplication.locations,
	},
	{ title: 'texts that stand twice', value: repeatedSentences.length, bound: { atMost: 0 }, causes: repeatedSentences },
	{ title: 'packed size', value: round(packResult.size / 1000), unit: 'kB', bound: { below: 150 } },
	{ title: 'source files', value: sourceFiles.length },
	{ title: 'operations', value: operationCount },
	{ title: 'source lines (1)', value: lines },
	{
		title: 'source lines (1) under resources/ per operation',
		value: round(countSourceLines(sourceFiles.filter(isResource)) / operationCount),
		bound: { atMost: 60 },
	},
	{
		title: 'source lines (1) of all else under nodes/ and credentials/',
		value: countSourceLines(sourceFiles.filter((file) => !isResource(file))),
		bound: { atMost: 4500 },
	},
	{
		title: 'source lines (1) of tests, sandbox and scripts, in times the published source',
		value: round(toolLines / lines),
		bound: { below: 2 },
	},
];

const table = new Table({ head: ['figure', 'value', 'bound', ''], style: { head: [], border: [] } });
for (const { title, value, unit = '', bound } of figures) {
	const boundCells = bound ? [formatBound(bound), exceedsBound(value, bound) ? 'over' : 'ok'] : ['', ''];
	table.push([title, `${value} ${unit}`.trim(), ...boundCells]);
}
console.log(`${table.toString()}\n(1) Lines of TypeScript that are neither blank nor comment.`);

const over = figures.filter(({ value, bound }) => bound && exceedsBound(value, bound));
for (const { title, causes = [] } of over)
	console.log(`\n${title}:\n${causes.map((cause) => `  ${cause}`).join('\n')}`);
console.log(
	over.length === 0
		? 'Every figure is within its bound. Next: npm test.'
		: `\n${over.length} of the figures are over their bound. Shorten or merge what is named above.`,
);
process.exitCode = over.length === 0 ? 0 : 1;
