'use strict';

const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { Transform } = require('node:stream');
const { promisify } = require('node:util');
const { dest, parallel, series, src } = require('gulp');
const { homepage } = require('./package.json');

const run = promisify(execFile);

const clean = () => rm('dist', { recursive: true, force: true });

/** tsc prints its findings on stdout; execFile's own message would hide them. */
async function compile() {
	try {
		await run(process.execPath, ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.json']);
	} catch (error) {
		throw new Error(error.stdout || error.stderr || error.message);
	}
}

/** Icons and output schemas: what tsc leaves behind. A pattern that begins with braces would search node_modules. */
const STATIC_FILES = ['nodes/**/*.{svg,png}', 'credentials/**/*.{svg,png}', 'nodes/**/__schema__/**/*.json'];
const copyStatic = () => src(STATIC_FILES, { base: '.', encoding: false }).pipe(dest('dist'));

/** Where 'Docs' in n8n leads to. */
const resources = {
	primaryDocumentation: [{ url: homepage }],
	credentialDocumentation: [{ url: new URL('#credentials', homepage).href }],
};

/** Codex files, with the links that follow from package.json. */
const codex = () =>
	src('nodes/**/*.node.json', { base: '.' })
		.pipe(
			new Transform({
				objectMode: true,
				transform(file, _encoding, done) {
					const contents = { ...JSON.parse(file.contents), resources };
					file.contents = Buffer.from(JSON.stringify(contents, null, '\t'));
					done(null, file);
				},
			}),
		)
		.pipe(dest('dist'));

exports.static = parallel(copyStatic, codex);
exports.default = series(clean, compile, exports.static);
