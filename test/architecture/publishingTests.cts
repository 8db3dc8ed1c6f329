import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import packageJson from '../../package.json';
import type { PackResult } from '../../scripts/instance/npmPack.mts';

const root = path.join(__dirname, '..', '..');
const WORKFLOWS = '.github/workflows';

const readText = (file: string) => readFileSync(path.join(root, file), 'utf8');

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
		expect(text).toMatch(/^permissions:(?: \{\}|\n {2}contents: read)$/m);
	},
);

// A dependency that runs where a package may be published could publish any package with a valid provenance.
test('the job that publishes runs npm publish on the built tarball and nothing else', () => {
	const [jobs = '', publishJob = ''] = readText(`${WORKFLOWS}/publish.yml`).split(/^ {2}publish:$/m);
	expect(jobs).not.toContain(': write');
	expect(publishJob).toMatch(/needs: \[test, build\]\n[^]* environment: npm\n/);
	expect(publishJob.match(/(?<=uses: )[^@]+/g)).toEqual(['actions/setup-node', 'actions/download-artifact']);
	expect(publishJob.match(/(?<=^ +)npm \w+/gm)).toEqual(['npm config', 'npm publish']);
});
