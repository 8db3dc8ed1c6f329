import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GoFiveApi } from '../../../credentials/GoFiveApi.credentials';
import { ISSUES_URL } from '../../../nodes/GoFive/api/messages';

const root = join(__dirname, '../../..');
const readProjectFile = (file: string): string => readFileSync(join(root, file), 'utf8');
const { homepage, repository, n8n } = JSON.parse(readProjectFile('package.json')) as {
	homepage: string;
	repository: { url: string };
	n8n: { nodes: string[] };
};
const [homepageUrl = '', homepageAnchor] = homepage.split('#');

test.each(n8n.nodes)(
	"%s: 'Docs' in n8n links to the homepage in package.json, and for the credential to its section",
	(file) => {
		const { resources } = JSON.parse(readProjectFile(file.replace(/\.js$/, '.json'))) as { resources: unknown };
		expect(resources).toEqual({
			primaryDocumentation: [{ url: homepage }],
			credentialDocumentation: [{ url: `${homepageUrl}#credentials` }],
		});
	},
);

test('the homepage is the README of the repository, which has that section', () => {
	expect(repository.url).toBe(`git+${homepageUrl}.git`);
	expect(homepageAnchor).toBe('readme');
	expect(readProjectFile('README.md')).toMatch(/^## Credentials$/m);
});

test("'Docs' in the credential links to the section of README about it", () => {
	expect(new GoFiveApi().documentationUrl).toBe(`${homepageUrl}#credentials`);
});

test('messages link to the issues of the repository', () => {
	expect(ISSUES_URL).toBe(`${homepageUrl}/issues`);
});

test('the codex files do not name the repository', () => {
	for (const file of n8n.nodes) {
		expect(readProjectFile(file.replace('dist/', '').replace(/\.js$/, '.json'))).not.toContain('github.com');
	}
});
