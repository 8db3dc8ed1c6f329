import type packageJson from '../../package.json';

/** Values of author, homepage and repository that the owner of the package must replace. */
const PLACEHOLDERS = /GoFive node maintainers|@example\.com[">]|\/example\//;

/**
 * Finds what prevents a release. GitHub Actions sets the two variables. Elsewhere, only the placeholders are checked.
 * @returns Sentence that describes what to do, or undefined if the package can be released
 */
export function findReleaseObstacle(
	{ author, homepage, repository, version }: Pick<typeof packageJson, 'author' | 'homepage' | 'repository' | 'version'>,
	{ GITHUB_REPOSITORY, GITHUB_REF_NAME }: NodeJS.ProcessEnv,
): string | undefined {
	if (PLACEHOLDERS.test(JSON.stringify([author, homepage, repository])))
		return 'Enter your name, your email address and your GitHub repository in the fields author, homepage and repository of package.json.';
	const url = `git+https://github.com/${GITHUB_REPOSITORY}.git`;
	if (GITHUB_REPOSITORY && repository.url !== url)
		return `Set repository.url in package.json to ${url}, because npm compares it with the repository that publishes.`;
	if (GITHUB_REF_NAME && GITHUB_REF_NAME !== version)
		return `The tag ${GITHUB_REF_NAME} does not match the version in package.json. Push the tag ${version} instead.`;
	return undefined;
}
