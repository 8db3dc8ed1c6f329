import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { PlainStop } from '../start/plain.mts';
import type { Session } from '../start/session.mts';
import type { Report } from './report.mts';

/** Where the hook inside n8n sends what it tells. */
export interface Reports {
	url: string;
	/**
	 * The next report of a workflow.
	 * @param patience milliseconds to wait for it
	 * @throws PlainStop when it does not come, or tells that the execution did not succeed
	 */
	next(workflow: string, patience: number): Promise<Report>;
}

/** Listens on loopback until the session ends. */
export async function receiveReports(session: Session): Promise<Reports> {
	const waiting = new Map<string, (report: Report) => void>();
	const server = createServer((request, response) => {
		void text(request).then((body) => {
			response.end();
			const report = JSON.parse(body) as Report;
			waiting.get(report.workflow)?.(report);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	session.onEnd(async () => void server.close());
	const { port } = server.address() as AddressInfo;

	return {
		url: `http://127.0.0.1:${port}`,
		async next(workflow, patience) {
			const report = await new Promise<Report>((resolve, reject) => {
				const tooLong = `"${workflow}" was not executed within ${patience / 1000} s.`;
				const timer = setTimeout(() => reject(new PlainStop(tooLong, `See ${session.log}`)), patience);
				const stop = (): void => reject(new Error('stopped'));
				session.stopped.addEventListener('abort', stop, { once: true });
				waiting.set(workflow, (arrived) => {
					clearTimeout(timer);
					session.stopped.removeEventListener('abort', stop);
					resolve(arrived);
				});
			});
			waiting.delete(workflow);
			if (report.status === 'success') return report;
			throw new PlainStop(`"${workflow}" did not succeed: ${report.stoppedBy ?? report.status}`, `See ${session.log}`);
		},
	};
}
