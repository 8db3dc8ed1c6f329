import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserFacingError } from '../../scripts/instance/userFacingError.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import { createTempFolder } from '../../scripts/instance/userFolder.mts';

/** Folders of Debian's libfaketime, by processor. */
const LIBRARIES = ['x86_64', 'aarch64'].map(
	(processor) => `/usr/lib/${processor}-linux-gnu/faketime/libfaketimeMT.so.1`,
);

/** Clock of an n8n that a test moves while n8n runs. Timers are not moved. */
export class MovableClock {
	private constructor(
		private readonly file: string,
		private readonly library: string,
	) {}

	/** @throws UserFacingError when libfaketime is not installed */
	static async create(script: ScriptContext): Promise<MovableClock> {
		const library = LIBRARIES.find((file) => existsSync(file));
		if (library === undefined)
			throw new UserFacingError(
				'libfaketime is not on this machine, and the part "clock" needs it.',
				'Install it: apt-get install faketime',
			);
		const clock = new MovableClock(path.join(await createTempFolder(script), 'time'), library);
		await clock.moveTo(0);
		return clock;
	}

	/** Environment of n8n. */
	get env(): NodeJS.ProcessEnv {
		return {
			LD_PRELOAD: this.library,
			FAKETIME_TIMESTAMP_FILE: this.file,
			FAKETIME_NO_CACHE: '1',
			FAKETIME_DONT_FAKE_MONOTONIC: '1',
		};
	}

	/** Sets the clock to a number of days after the present. */
	async moveTo(days: number): Promise<void> {
		await writeFile(`${this.file}.new`, `+${days}d\n`);
		await rename(`${this.file}.new`, this.file);
	}
}
