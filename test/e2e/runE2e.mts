/**
 * `npm run test:e2e [-- part ...] [--pictures]`: tests the packed package in complete n8n servers, as users use it.
 * Nothing imports this file. Start with `E2E_PARTS`, which lists the test files.
 * Runs all parts by default. From Debian, `browser`, `examples` and `oldest` need Chromium, `queue` needs Redis and
 * PostgreSQL, and `clock` needs faketime.
 *
 * Here: what only a whole server shows: installation, the editor, stored data, restarts, queue mode, releases of n8n.
 * Not here: what the engine alone shows (engine/).
 */
import { after, describe } from 'node:test';
import { Argument, Command } from 'commander';
import { ScriptContext } from '../../scripts/instance/scriptContext.mts';

/** Parts in the order in which they start, so that the last ones end at about the same time. */
const E2E_PARTS: Record<string, () => Promise<{ default: (script: ScriptContext) => void }>> = {
	browser: () => import('./browserTests.mts'),
	queue: () => import('./queueModeTests.mts'),
	restarts: () => import('./restartTests.mts'),
	examples: () => import('./exampleTests.mts'),
	clock: () => import('./movedClockTests.mts'),
	oldest: () => import('./oldestReleaseTests.mts'),
	newest: () => import('./newestReleaseTests.mts'),
};

/** Number of parts that run at the same time, each with its own n8n and sandbox. */
const PARALLEL_PARTS = 3;

/** Timeout of a part in ms. */
const PART_TIMEOUT_MS = 20 * 60_000;

const { args: requestedParts } = new Command('npm run test:e2e --')
	.description('Tests the packed package in complete n8n servers. Runs all parts by default.')
	.addArgument(new Argument('[parts...]', 'parts to run').choices(Object.keys(E2E_PARTS)))
	.option('--pictures', 'update the pictures of the documentation (parts browser and examples)')
	.parse();

const session = new ScriptContext('e2e');
const selectedParts = Object.entries(E2E_PARTS).filter(
	([part]) => requestedParts.length === 0 || requestedParts.includes(part),
);
let unfinishedParts = selectedParts.length;
// Without this the runner would continue with the next test.
session.stopSignal.addEventListener('abort', () => {
	if (unfinishedParts > 0) void session.end().then(() => process.exit(130));
});
const loadedParts = await Promise.all(
	selectedParts.map(async ([part, load]) => ({ part, register: (await load()).default })),
);
describe('n8n', { concurrency: PARALLEL_PARTS }, () => {
	for (const { part, register } of loadedParts) {
		describe(part, { concurrency: false, timeout: PART_TIMEOUT_MS }, () => {
			register(session);
			// n8n leaves sockets open that would keep this process alive.
			after(async () => {
				if (--unfinishedParts > 0) return;
				await session.end();
				console.log(
					`What n8n printed is in ${session.logFile}. Where a test did not pass, its text above says what to do.`,
				);
			});
		});
	}
});
