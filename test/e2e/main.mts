/**
 * `npm run test:e2e [-- part ...] [--pictures]`: the packed package in whole n8n servers, driven as people drive them. Without a
 * part all of them; it needs Debian's Chromium, Redis and PostgreSQL for those that name them.
 */
import { after, describe } from 'node:test';
import { Session } from '../../scripts/start/session.mts';

/** The parts, in the order in which they run. */
const PARTS: Record<string, () => Promise<{ default: (session: Session) => void }>> = {
	releases: () => import('./releases.mts'),
	agents: () => import('./agents.mts'),
	browser: () => import('./browser.mts'),
	chaining: () => import('./chaining.mts'),
	queue: () => import('./queue.mts'),
};

/** Milliseconds after which a part counts as stuck. */
const LONGEST = 20 * 60_000;

// --pictures is for the part browser.
const asked = process.argv.slice(2).filter((word) => word !== '--pictures');
const unknown = asked.filter((part) => !(part in PARTS));
if (unknown.length > 0) {
	console.error(`There is no part ${unknown.join(', ')}. The parts are: ${Object.keys(PARTS).join(', ')}.`);
	process.exit(1);
}

const session = new Session('e2e');
const chosen = Object.entries(PARTS).filter(([part]) => asked.length === 0 || asked.includes(part));
let open = chosen.length;
// The runner would go on with the next test.
session.stopped.addEventListener('abort', () => {
	if (open > 0) void session.end().then(() => process.exit(130));
});
for (const [part, load] of chosen) {
	const { default: register } = await load();
	describe(part, { timeout: LONGEST }, () => {
		register(session);
		// n8n leaves sockets that would keep this process alive.
		after(async () => {
			if (--open > 0) return;
			await session.end();
			console.log(`What n8n printed is in ${session.log}. Where a test did not pass, its text above says what to do.`);
		});
	});
}
