/**
 * Environment that n8n's engine reads when it is loaded.
 * Import this file before `n8n-core` and `n8n-workflow`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** `require` from the position of n8n-core, for parts of the engine that it does not export. */
export const engineRequire = createRequire(require.resolve('n8n-core'));

const userFolder = mkdtempSync(join(tmpdir(), 'gofive-engine-'));
const removeUserFolder = () => rmSync(userFolder, { recursive: true, force: true });
if ('afterAll' in globalThis) afterAll(removeUserFolder);
else process.once('exit', removeUserFolder);

Object.assign(process.env, {
	N8N_USER_FOLDER: userFolder,
	N8N_ENCRYPTION_KEY: 'only-for-tests',
	// All levels are logged, so that tests can search everything for secrets.
	N8N_LOG_LEVEL: 'debug',
	N8N_DIAGNOSTICS_ENABLED: 'false',
});
engineRequire('reflect-metadata');

const distFolder = resolve(__dirname, '../../../dist');
/** Built files of the package, which the engine tests execute. */
export const BUILT_FILES = {
	GoFive: `${distFolder}/nodes/GoFive/GoFive.node.js`,
	GoFiveTrigger: `${distFolder}/nodes/GoFive/GoFiveTrigger.node.js`,
	GoFiveApi: `${distFolder}/credentials/GoFiveApi.credentials.js`,
};
