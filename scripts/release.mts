/**
 * `npm run release`: n8n's release command bumps the version, writes CHANGELOG.md, commits, tags and pushes. The first
 * version has no tag yet and is tagged without a bump. Nothing imports this file.
 */
import { Command } from 'commander';
import { execa } from 'execa';
import packageJson from '../package.json' with { type: 'json' };
import { findReleaseObstacle } from './release/releaseObstacle.mts';

const FIRST_RELEASE = ['release-it', '--no-increment', '--no-git.changelog', '--no-git.commit', '--npm.publish=false'];

const { check = false } = new Command('npm run release --')
	.description('Releases a version.')
	.option('--check', 'check package.json only, as the workflow that publishes does')
	.parse()
	.opts<{ check?: boolean }>();

const obstacle = findReleaseObstacle(packageJson, process.env);
if (obstacle) {
	console.error(obstacle);
	process.exitCode = 1;
} else if (!check) {
	const { stdout: tag } = await execa('git', ['tag', '--list', packageJson.version]);
	const command = tag ? ['n8n-node', 'release'] : FIRST_RELEASE;
	const { exitCode = 1 } = await execa('npx', command, { reject: false, stdio: 'inherit' });
	process.exitCode = exitCode;
}
