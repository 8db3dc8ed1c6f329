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

// --pictures is for the part browser.
const asked = process.argv.slice(2).filter((word) => word !== '--pictures');
const unknown = asked.filter((part) => !(part in PARTS));
if (unknown.length > 0) {
	console.error(`There is no part ${unknown.join(', ')}. The parts are: ${Object.keys(PARTS).join(', ')}.`);
	process.exit(1);
}

const session = new Session('e2e');
let open = asked.length > 0 ? asked.length : Object.keys(PARTS).length;
for (const [part, load] of Object.entries(PARTS)) {
	if (asked.length > 0 && !asked.includes(part)) continue;
	const { default: register } = await load();
	describe(part, () => {
		register(session);
		// n8n leaves sockets that would keep this process alive.
		after(async () => {
			if (--open > 0) return;
			await session.end();
			console.log(`What n8n printed is in ${session.log}. Where a test did not pass, its text above says what to do.`);
		});
	});
}
