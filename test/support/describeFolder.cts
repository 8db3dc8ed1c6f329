import { readdirSync } from 'node:fs';
import path from 'node:path';

const SUFFIX = 'Tests.cts';

/**
 * Loads the test modules of a folder, each inside a describe block with its name, so that its hooks run for its own
 * tests.
 * @param folder - Path below test/. `knip` in package.json lists the same folders, and finds test modules in other ones
 */
export function describeFolder(folder: string): void {
	const folderPath = path.join(__dirname, '..', folder);
	const files = readdirSync(folderPath).filter((file) => file.endsWith(SUFFIX));
	for (const file of files.sort())
		describe(file.slice(0, -SUFFIX.length), () => void require(path.join(folderPath, file)));
}
