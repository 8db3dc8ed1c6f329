import './engineEnvironment.cts';
import { stringify } from 'flatted';
import { engineRequire } from './engineEnvironment.cts';

/** The part of n8n's Logger that is used here; the class is not exported by n8n-core. */
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
// n8n's own Logger stays in front, so that errors are cut down to what n8n really writes.
Container.get(Logger).setInternalLogger(recordingLogger);

/**
 * Notes where the log stands; the returned function gives everything logged since then.
 * Runs that overlap in time see each other's lines.
 */
export function captureLog(): () => string {
	const startIndex = logLines.length;
	return () => logLines.slice(startIndex).join('\n');
}
