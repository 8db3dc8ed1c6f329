import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const { homepage, repository, n8n } = JSON.parse(read('package.json')) as {
	homepage: string;
	repository: { url: string };
	n8n: { nodes: string[] };
};
const [page = '', heading] = homepage.split('#');

test.each(n8n.nodes)("%s: 'Docs' in n8n leads to the homepage of package.json, and for the credential to its part of it", (file) => {
	const { resources } = JSON.parse(read(file.replace(/\.js$/, '.json'))) as { resources: unknown };
	expect(resources).toEqual({
		primaryDocumentation: [{ url: homepage }],
		credentialDocumentation: [{ url: `${page}#credential` }],
	});
});

test('the homepage is the README of the repository, which has that part', () => {
	expect(repository.url).toBe(`git+${page}.git`);
	expect(heading).toBe('readme');
	expect(existsSync(join(root, 'README.md'))).toBe(true);
	expect(read('README.md')).toMatch(/^## Credential$/m);
});

test('no published source names the repository: package.json is the one place', () => {
	for (const file of n8n.nodes) {
		expect(read(file.replace('dist/', '').replace(/\.js$/, '.json'))).not.toContain('github.com');
	}
});
