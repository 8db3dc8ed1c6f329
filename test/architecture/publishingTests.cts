import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import packageJson from '../../package.json';
import type { PackResult } from '../../scripts/instance/npmPack.mts';
import { findReleaseObstacle } from '../../scripts/release/releaseObstacle.mts';

const root = path.join(__dirname, '..', '..');
const WORKFLOWS = '.github/workflows';

interface Workflow {
	permissions?: object;
	jobs: Record<string, { permissions?: object; environment?: string; needs?: string; steps: Step[] }>;
}
type Step = { uses?: string; run?: string };

const readText = (file: string) => readFileSync(path.join(root, file), 'utf8');
const { pack, publish } = (parse(readText(`${WORKFLOWS}/publish.yml`)) as Workflow).jobs;

test('the tarball contains the build, index.js, package.json, README, LICENSE and changelog only, in 250 kB', () => {
	const stdout = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root });
	const [packResult] = Object.values(JSON.parse(String(stdout)) as Record<string, PackResult>);
	const paths = packResult?.files.map((file) => file.path) ?? [];
	expect(paths).toEqual(expect.arrayContaining([...packageJson.n8n.nodes, ...packageJson.n8n.credentials]));
	expect(paths.filter((file) => !/^dist\/(?:nodes|credentials)\/.*\.(?:js|json|svg)$/.test(file)).sort()).toEqual(
		['CHANGELOG.md', 'LICENSE', 'README.md', 'index.js', 'package.json'].sort(),
	);
	expect(packResult?.size).toBeLessThan(250_000);
});

test.each(readdirSync(path.join(root, WORKFLOWS)))(
	'workflow %s pins actions by commit and grants no permission but reading',
	(file) => {
		const text = readText(`${WORKFLOWS}/${file}`);
		const actions = text.match(/uses:.*/g) ?? [];
		expect(actions.filter((action) => !/^uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
		expect(text.match(/: write$/gm) ?? []).toHaveLength(file === 'publish.yml' ? 1 : 0);
		expect([{}, { contents: 'read' }]).toContainEqual((parse(text) as Workflow).permissions);
	},
);

test('the job that publishes runs npm publish on the tested tarball and nothing else', () => {
	expect(pack?.permissions).toEqual({ contents: 'read' });
	expect(publish).toMatchObject({ needs: 'pack', environment: 'npm', permissions: { 'id-token': 'write' } });
	const actions = publish?.steps.flatMap(({ uses }) => (uses ? [uses.split('@')[0]] : []));
	expect(actions).toEqual(['actions/setup-node', 'actions/download-artifact']);
	const commands = publish?.steps.flatMap(({ run }) => run?.match(/\bnpm \w+/g) ?? []);
	expect(commands).toEqual(['npm config', 'npm publish']);
});

test.each([
	[{ name: 'GoFive node maintainers' }, {}, /^Enter your name, /],
	[{ email: 'maintainers@example.com' }, {}, /^Enter your name, your email address and your GitHub repository /],
	[{ url: 'git+https://github.com/example/n8n-nodes-gofive.git' }, {}, /^Enter your name, /],
	[{ homepage: 'https://github.com/example/n8n-nodes-gofive#readme' }, {}, /^Enter your name, /],
	[
		{},
		{ GITHUB_REPOSITORY: 'Owner/n8n-nodes-gofive' },
		/^Set repository\.url .* to git\+https:\/\/github\.com\/Owner\//,
	],
	[{}, { GITHUB_REF_NAME: 'v0.1.0' }, /Push the tag 0\.1\.0 instead/],
	[{}, { GITHUB_REPOSITORY: 'owner/n8n-nodes-gofive', GITHUB_REF_NAME: '0.1.0' }, undefined],
])('a release of %j by %j is stopped by %p', (fields, environment, sentence) => {
	const url = 'git+https://github.com/owner/n8n-nodes-gofive.git';
	const homepage = 'https://github.com/owner/n8n-nodes-gofive#readme';
	const { name, email, ...links } = { name: 'Owner', email: 'me@owner.dev', homepage, url, ...fields };
	const repository = { type: 'git', url: links.url };
	const manifest = { author: { name, email }, homepage: links.homepage, repository, version: '0.1.0' };
	const obstacle = findReleaseObstacle(manifest, environment);
	expect(obstacle).toEqual(sentence && expect.stringMatching(sentence));
});
