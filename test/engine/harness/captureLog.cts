import './engineEnvironment.cts';
import { stringify } from 'flatted';
import { engineRequire } from './engineEnvironment.cts';

/** Used part of n8n's Logger, which n8n-core does not export. */
interface EngineLogger {
	setInternalLogger(internal: unknown): void;
}

const { Container } = engineRequire('@n8n/di') as {
	Container: { get(type: unknown): EngineLogger };
};
const { Logger } = engineRequire('@n8n/backend-common') as { Logger: unknown };

const logLines: string[] = [];
const recordingLogger = {
	levels: { error: 0, warn: 1, info: 2, debug: 5 },
	child: () => recordingLogger,
	log: (level: string, message: string, metadata: unknown) => {
		logLines.push(`${level} ${message} ${stringify(metadata)}`);
	},
};
// n8n's Logger stays in front of it, so that errors are reduced to what n8n really writes.
Container.get(Logger).setInternalLogger(recordingLogger);

/**
 * Starts to capture the log.
 * @returns a function that returns everything logged since then, including lines of executions that run in parallel
 */
export function captureLog(): () => string {
	const startIndex = logLines.length;
	return () => logLines.slice(startIndex).join('\n');
}
