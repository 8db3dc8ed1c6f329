import { join } from 'node:path';
import { OpenAPIBackend } from 'openapi-backend';
import type { Operation, ValidationResult } from 'openapi-backend';
import { notDescribed } from './answers.mts';

const CONTRACT_FILE = join(import.meta.dirname, '..', 'contract', 'gofive.openapi.yaml');

/** A request as the contract judges it; `body` is parsed, or the text that could not be. */
export interface JudgedRequest {
	method: string;
	path: string;
	headers: Record<string, string | string[]>;
	query: Record<string, string | string[]>;
	body: unknown;
}

/** The contract, compiled. */
export interface Contract {
	operations: Operation[];
	/** What it says about a request. @throws Error when it does not describe it */
	described(request: { method: string; path: string }): Operation;
	/** What in a request breaks the contract, one text per place. */
	requestViolations(request: JudgedRequest, operation: Operation): string[];
	/** What in an answer (parsed body) breaks the contract; a status the contract does not name is one as well. */
	responseViolations(operationId: string, status: number, body: unknown): string[];
}

type Problem = NonNullable<ValidationResult['errors']>[number];

const WALL_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})$/;

/** Whether it is a day of the calendar. */
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && isWallTime(`${text}T00:00:00`);

function isWallTime(text: string): boolean {
	if (!WALL_TIME.test(text)) return false;
	const date = new Date(`${text}Z`);
	// A day such as 30 February is moved on by Date, so the text must come back as it was.
	return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 19) === text;
}

function place(problem: Problem): string {
	const path = problem.keyword === 'parse' ? '/requestBody' : problem.instancePath;
	const { missingProperty, additionalProperty } = problem.params as Record<string, string | undefined>;
	const name = missingProperty ?? additionalProperty;
	return name === undefined ? path : `${path}/${name}`;
}

/** One text per place: a date that breaks both pattern and format is one violation. */
function byPlace(problems: Problem[]): string[] {
	const places = new Map(problems.map((problem) => [place(problem), problem.message ?? problem.keyword]));
	return [...places].map(([where, what]) => `${where.slice(1).replaceAll('/', '.').replace('requestBody', 'body')} ${what}`);
}

function mediaTypeViolation(request: JudgedRequest, operation: Operation): string[] {
	if (request.body === undefined || !operation.requestBody || !('content' in operation.requestBody)) return [];
	const accepted = Object.keys(operation.requestBody.content);
	const sent = String(request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
	return accepted.includes(sent) ? [] : [`header.content-type must be ${accepted.join(' or ')}`];
}

async function load(): Promise<Contract> {
	const api = new OpenAPIBackend({
		definition: CONTRACT_FILE,
		strict: true,
		// The check that is left out by this knows OpenAPI 3.0 only; redocly lints the contract.
		quick: true,
		ajvOpts: { allErrors: true, strict: false },
		customizeAjv: (ajv) => ajv.addFormat('date-time-local', isWallTime).addFormat('date', isDay),
	});
	await api.init();
	api.validator.preCompileRequestValidators();
	api.validator.preCompileResponseValidators();
	const operations = api.getOperations();
	return {
		operations,
		described(request) {
			const found = api.matchOperation({ ...request, headers: {} });
			if (!found) throw new Error(notDescribed(request.method, request.path));
			return found;
		},
		requestViolations(request, operation) {
			const { errors } = api.validator.validateRequest({ ...request, body: request.body }, operation);
			const found = byPlace(errors ?? []);
			const ofHeader = found.some((text) => text.startsWith('header.content-type'));
			return ofHeader ? found : [...mediaTypeViolation(request, operation), ...found];
		},
		responseViolations(operationId, status, body) {
			const operation = operations.find((candidate) => candidate.operationId === operationId);
			if (!operation?.responses?.[status]) return [`status ${status} is not in the contract of ${operationId}`];
			return byPlace(api.validator.validateResponse(body, operation, status).errors ?? []);
		},
	};
}

let loaded: Promise<Contract> | undefined;

/** Reads and compiles the contract, once per process. @throws Error when it is no valid OpenAPI */
export const loadContract = (): Promise<Contract> => (loaded ??= load());
