import { InvalidArgumentError, type Command } from 'commander';
import type { Sandbox } from '../../sandbox/index.mts';

const MAX_PORT = 65_535;

/** Parses an option whose value is a port. */
export function parsePort(text: string): number {
	const port = Number(text);
	if (/^\d+$/u.test(text) && port >= 1 && port <= MAX_PORT) return port;
	throw new InvalidArgumentError(`Enter a whole number from 1 to ${MAX_PORT}.`);
}

/** Switches of the sandbox, for behaviour that is not known of GoFive. */
export interface SandboxSwitches {
	clearsOmitted?: boolean;
	staleReads?: boolean;
	normalizesTexts?: boolean;
	renameKey?: Record<string, string | null>;
}

const STALE_READ_MS = 2000;

/** Parses the names of a key, for example `dealsId=id`. Without a new name, the key is omitted. */
function parseRenamedKey(text: string, others: Record<string, string | null> = {}): Record<string, string | null> {
	const [, oldName, newName] = /^(\w+)=(\w*)$/u.exec(text) ?? [];
	if (oldName === undefined)
		throw new InvalidArgumentError('Enter the names with an equals sign, for example dealsId=id.');
	return { ...others, [oldName]: newName || null };
}

/** Adds the switches of the sandbox to a command. */
export const addSandboxSwitches = (command: Command): Command =>
	command
		.option('--clears-omitted', 'a write clears the fields that it does not contain')
		.option('--stale-reads', 'for two seconds after a write, Get returns the record as it was before')
		.option('--normalizes-texts', 'a write trims texts, and stores phone numbers with +66')
		.option(
			'--rename-key <old=new>',
			'records contain a key under the new name. Without a new name, they lack the key, for example the IDs of deals: dealsId=',
			parseRenamedKey,
		);

/** Sets the behaviour that the switches select. */
export const applySandboxSwitches = (sandbox: Sandbox, switches: SandboxSwitches): void =>
	sandbox.setBehaviour({
		clearsOmitted: switches.clearsOmitted === true,
		staleReadMs: switches.staleReads ? STALE_READ_MS : 0,
		normalizesTexts: switches.normalizesTexts === true,
		renamedKeys: switches.renameKey ?? {},
	});

/** Describes the behaviour of the sandbox, for the messages of the scripts. */
export function describeSandboxWrites({ behaviour }: Pick<Sandbox, 'behaviour'>): string {
	const effect = behaviour.clearsOmitted ? 'clears' : 'keeps';
	return `The sandbox stores what your workflows create or change until you stop it. An update ${effect} the fields that are not sent. It is not known whether GoFive does.`;
}
