import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** The brackets keep this file out of the result. */
const PATTERN = 'oxlint-dis[a]ble';
const FILES = ['*.ts', '*.cts', '*.mts', '*.js', '*.cjs', '*.mjs'];

// oxlint obeys such a comment, so it cannot find it.
test('no comment disables a rule of oxlint', () => {
	const args = ['grep', '--no-index', '--exclude-standard', '--files-with-matches', PATTERN, '--', ...FILES];
	const options = { cwd: path.join(__dirname, '..', '..'), encoding: 'utf8' } as const;
	const { status, stdout } = spawnSync('git', args, options);
	const foundNothing = { status: 1, stdout: '' };
	expect({ status, stdout }).toEqual(foundNothing);
});
