/** `npm start`: a real n8n with this package in it, beside the sandbox. See --help. */
import { bringUp } from './start/bringUp.mts';
import { MAIN_EXAMPLE } from './start/examples.mts';
import { readOptions, USAGE } from './start/options.mts';
import { runExample } from './start/runExample.mts';
import { inSession, type Session } from './start/session.mts';
import { welcome } from './start/welcome.mts';

async function main(session: Session): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	if (options.help) return console.log(USAGE);
	if (options.run) {
		await runExample(session, await bringUp(session, { serve: true }));
		return console.log('It ran in a real n8n. To see it on the screen, and more examples: npm start');
	}
	const running = await bringUp(session, { ...options, serve: true });
	console.log(welcome({ ...running, page: `${running.server?.url}/workflow/${MAIN_EXAMPLE}` }));
	const ended = await Promise.race([running.server?.ended.then(() => true), stopOf(session)]);
	if (ended && !session.stopped.aborted) throw new Error('n8n has ended by itself.');
}

const stopOf = (session: Session): Promise<false> =>
	new Promise((resolve) => session.stopped.addEventListener('abort', () => resolve(false)));

await inSession(main);
