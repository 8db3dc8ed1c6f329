/**
 * `npm run mutants`: changes the source in small ways (mutants) and checks that a unit test fails for each of them.
 * Nothing imports this file. The files and the bound are in stryker.config.json.
 */
import path from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import Table from 'cli-table3';
import strykerConfig from '../stryker.config.json' with { type: 'json' };
import { exceedsBound } from './bounds.mts';

type Mutant = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

/** Length of a replacement in the list of survivors. The report shows it in full. */
const MAX_REPLACEMENT_CHARACTERS = 60;

const isSurvivor = ({ status }: Mutant) => status === 'Survived' || status === 'NoCoverage';
const isKilled = ({ status }: Mutant) => status === 'Killed' || status === 'Timeout';
const getFile = ({ fileName }: Mutant) => path.relative('.', fileName);

/** Returns the percentage of killed mutants. A mutant that cannot run does not count. */
function getScore(mutants: Mutant[]): number {
	const killedCount = mutants.filter(isKilled).length;
	return (100 * killedCount) / (killedCount + mutants.filter(isSurvivor).length);
}

function formatSurvivor({ location, mutatorName, replacement = '' }: Mutant): string {
	const code = replacement.replace(/\s+/g, ' ').slice(0, MAX_REPLACEMENT_CHARACTERS);
	return `${location.start.line}:${location.start.column} ${mutatorName}: ${code}`;
}

console.log('Testing mutants, which takes up to an hour on two cores ...');
const mutants = await new Stryker({}).runMutationTest();
const files = [...new Set(mutants.map(getFile))].sort();
const table = new Table({ head: ['file', 'mutants', 'killed in %'], style: { head: [], border: [] } });
for (const file of files) {
	const fileMutants = mutants.filter((mutant) => getFile(mutant) === file);
	table.push([file, fileMutants.length, getScore(fileMutants).toFixed(1)]);
	const survivors = fileMutants.filter(isSurvivor).map(formatSurvivor);
	if (survivors.length > 0) console.log([`\nSurvivors in ${file}:`, ...survivors].join('\n  '));
}

const score = getScore(mutants);
const minScore = strykerConfig.thresholds.break;
const isTooLow = exceedsBound(minScore, score);
console.log(`\n${table.toString()}
${score.toFixed(1)}% of ${mutants.length} mutants are killed, at least ${minScore}% are required.
${
	isTooLow
		? 'Add a test for each survivor that changes the behavior, and run npm run mutants again.'
		: 'Next: write a test for each survivor that changes the behavior (CONTRIBUTING.md, Mutation tests).'
}
${strykerConfig.htmlReporter.fileName} shows each mutant in its source.`);
process.exitCode = isTooLow ? 1 : 0;
