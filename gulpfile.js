'use strict';

const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { promisify } = require('node:util');
const { dest, series, src } = require('gulp');

const run = promisify(execFile);

const clean = () => rm('dist', { recursive: true, force: true });

/** tsc prints its findings on stdout; execFile's own message would hide them. */
async function compile() {
	try {
		await run(process.execPath, [require.resolve('typescript/bin/tsc'), '--project', 'tsconfig.json']);
	} catch (error) {
		throw new Error(error.stdout || error.stderr || error.message);
	}
}

/** Icons, codex files and output schemas: what tsc leaves behind. */
const copyStatic = () =>
	src(['{nodes,credentials}/**/*.{svg,png}', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));

exports.static = copyStatic;
exports.default = series(clean, compile, copyStatic);
