/**
 * `npm run figures`: checks duplicated lines and the packed size against bounds, and prints the size of the code.
 * Needs dist/. Nothing imports this file. Start reading at the list of figures.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import Table from 'cli-table3';
import type * as Jscpd from 'jscpd';
import { resources } from '../nodes/GoFive/resources/index.ts';
import { exceedsBound } from './bounds.mts';
import { packRepository } from './checks/npmPack.mts';
import { readSourceFiles, type SourceFile } from './figures/sourceFiles.mts';

// jscpd does not load as an ES module: it imports names from a CommonJS library that Node cannot see.
const { detectClonesAndStatistic } = createRequire(import.meta.url)('jscpd') as typeof Jscpd;

/** A measured value with its bound. */
interface Figure {
	title: string;
	value: number;
	/** Highest value. */
	bound: number;
	/** Places to look at if the bound is exceeded. */
	causes?: string[];
}

/** Finds duplicated lines under nodes/ and credentials/. */
const findDuplicates = () =>
	detectClonesAndStatistic({
		path: ['nodes', 'credentials'],
		format: ['typescript'],
		minTokens: 50,
		minLines: 5,
		absolute: false,
		silent: true,
		reporters: [],
	});

type Fragment = Awaited<ReturnType<typeof findDuplicates>>['clones'][number]['duplicationA'];

const formatFragment = ({ sourceId, start, end }: Fragment): string =>
	`${path.relative('.', sourceId)}:${start.line}-${end.line}`;
const sumSourceLines = (files: SourceFile[]): number =>
	files.reduce((total, { sourceLineCount }) => total + sourceLineCount, 0);

const [publishedFiles, testFiles, toolFiles, { clones, statistic }, { size }] = await Promise.all([
	readSourceFiles(['nodes', 'credentials']),
	readSourceFiles(['test']),
	readSourceFiles(['scripts', 'sandbox']),
	findDuplicates(),
	packRepository(),
]);
const toNodePath = (folder: string): string => `nodes/GoFive/${folder}`;
const operationCount = resources.flatMap((resource) => resource.operations).length;

const figures: Figure[] = [
	{
		title: 'duplicated lines in %',
		value: statistic.total.percentage,
		bound: 2,
		causes: clones.map((clone) => `${formatFragment(clone.duplicationA)} = ${formatFragment(clone.duplicationB)}`),
	},
	{ title: 'packed size in kB', value: size / 1000, bound: 250 },
];

const table = new Table({ head: ['figure', 'value', 'at most', ''], style: { head: [], border: [] } });
for (const { title, value, bound } of figures)
	table.push([title, Math.round(value * 1000) / 1000, bound, exceedsBound(value, bound) ? 'exceeded' : 'ok']);
console.log(`Figures of nodes/ and credentials/:\n${table.toString()}`);

/** Folders whose size is printed. A size has no bound, because a bound makes people compress code. */
const FOLDERS = ['credentials', ...['api', 'operation', 'resources', 'trigger', 'time', 'shared'].map(toNodePath)];
const sizes = new Table({ head: ['folder', 'files', 'source lines'], style: { head: [], border: [] } });
const addSize = (title: string, files: SourceFile[]) => void sizes.push([title, files.length, sumSourceLines(files)]);
for (const folder of FOLDERS)
	addSize(
		folder,
		publishedFiles.filter(({ name }) => name.startsWith(`${folder}/`)),
	);
addSize('nodes/ and credentials/', publishedFiles);
addSize('test/', testFiles);
addSize('scripts/ and sandbox/', toolFiles);
console.log(`
Source lines, which are neither blank nor comment, for ${operationCount} operations:
${sizes.toString()}`);

const exceededFigures = figures.filter(({ value, bound }) => exceedsBound(value, bound));
for (const { title, causes = [] } of exceededFigures)
	if (causes.length > 0) console.log([`\n${title}:`, ...causes].join('\n  '));
console.log(
	exceededFigures.length === 0
		? 'Every figure is within its bound. Next: run npm test.'
		: `\n${exceededFigures.length} of the figures exceed their bounds. Correct the places above.`,
);
process.exitCode = exceededFigures.length > 0 ? 1 : 0;
