import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** Reads the tables of test cases next to the tests, by name of the table. */
export const readCases = <Cases,>(name: string): Cases =>
	parse(readFileSync(path.join(__dirname, `${name}.yaml`), 'utf8')) as Cases;
