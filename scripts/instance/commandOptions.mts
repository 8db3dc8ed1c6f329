import { InvalidArgumentError, type Command } from 'commander';
import type { Sandbox } from '../../sandbox/index.mts';
import { isRecordForm, type RecordForm } from '../../sandbox/recordForms.mts';

const MAX_PORT = 65_535;

/** Parses an option whose value is a port. */
export function parsePort(text: string): number {
	const port = Number(text);
	if (/^\d+$/u.test(text) && port >= 1 && port <= MAX_PORT) return port;
	throw new InvalidArgumentError(`Enter a whole number from 1 to ${MAX_PORT}.`);
}

/** Parses the form of records. On the command line, words are separated by hyphens. */
function parseRecordForm(text: string): RecordForm {
	const form = text.includes('=') ? text : text.replace(/-(\w)/gu, (_, letter: string) => letter.toUpperCase());
	if (isRecordForm(form)) return form;
	throw new InvalidArgumentError('Enter no-state, state-as-type, no-ids, or two names such as dealsId=dealId.');
}

/** Switches of the sandbox, for behaviour that is not known of GoFive. */
export interface SandboxSwitches {
	clearsOmitted?: boolean;
	staleReads?: boolean;
	normalizesTexts?: boolean;
	recordForm?: RecordForm;
}

const STALE_READ_MS = 2000;

/** Adds the switches of the sandbox to a command. */
export const addSandboxSwitches = (command: Command): Command =>
	command
		.option('--clears-omitted', 'a write clears the fields that it does not contain')
		.option('--stale-reads', 'for two seconds after a write, Get returns the record as it was before')
		.option('--normalizes-texts', 'a write trims texts, and stores phone numbers with +66')
		.option(
			'--record-form <form>',
			'Get and lists return customers in another form (no-state, state-as-type, no-ids), or a key of all records under another name (dealsId=dealId) or without it (dealsId=)',
			parseRecordForm,
		);

/** Sets the behaviour that the switches select. */
export const applySandboxSwitches = (sandbox: Sandbox, switches: SandboxSwitches): void =>
	sandbox.setBehaviour({
		clearsOmitted: switches.clearsOmitted === true,
		staleReadMs: switches.staleReads ? STALE_READ_MS : 0,
		normalizesTexts: switches.normalizesTexts === true,
		recordForm: switches.recordForm ?? null,
	});

/** Describes the behaviour of the sandbox, for the messages of the scripts. */
export function describeSandboxWrites({ behaviour }: Pick<Sandbox, 'behaviour'>): string {
	const effect = behaviour.clearsOmitted ? 'clears' : 'keeps';
	return `The sandbox stores what your workflows create or change until you stop it. An update ${effect} the fields that are not sent. It is not known whether GoFive does.`;
}
