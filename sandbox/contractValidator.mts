import { join } from 'node:path';
import { OpenAPIBackend } from 'openapi-backend';
import type { Operation, ValidationResult } from 'openapi-backend';
import { formatNotDescribed } from './responses.mts';

const CONTRACT_FILE = join(import.meta.dirname, '..', 'contract', 'gofive.openapi.yaml');

/** A request as the contract judges it; `body` is parsed, or the text that could not be. */
export interface RequestToValidate {
	method: string;
	path: string;
	headers: Record<string, string | string[]>;
	query: Record<string, string | string[]>;
	body: unknown;
}

/** The contract, compiled. */
export interface ContractValidator {
	operations: Operation[];
	/** What it says about a request. @throws Error when it does not describe it */
	findOperation(request: { method: string; path: string }): Operation;
	/** What in a request breaks the contract, one text per place. */
	validateRequest(request: RequestToValidate, operation: Operation): string[];
	/** What in an answer (parsed body) breaks the contract; a status the contract does not name is one as well. */
	validateResponse(operationId: string, status: number, body: unknown): string[];
}

type SchemaViolation = NonNullable<ValidationResult['errors']>[number];

const WALL_TIME_PATTERN = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})$/;

/** Whether it is a day of the calendar. */
const isCalendarDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && isWallTime(`${text}T00:00:00`);

function isWallTime(text: string): boolean {
	if (!WALL_TIME_PATTERN.test(text)) return false;
	const date = new Date(`${text}Z`);
	// A day such as 30 February is moved on by Date, so the text must come back as it was.
	return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 19) === text;
}

function locateViolation(violation: SchemaViolation): string {
	const path = violation.keyword === 'parse' ? '/requestBody' : violation.instancePath;
	const { missingProperty, additionalProperty } = violation.params as Record<string, string | undefined>;
	const name = missingProperty ?? additionalProperty;
	return name === undefined ? path : `${path}/${name}`;
}

/** One text per place: a date that breaks both pattern and format is one violation. */
function toViolationMessages(violations: SchemaViolation[]): string[] {
	const messageByLocation = new Map(
		violations.map((violation) => [locateViolation(violation), violation.message ?? violation.keyword]),
	);
	return [...messageByLocation].map(
		([location, message]) => `${location.slice(1).replaceAll('/', '.').replace('requestBody', 'body')} ${message}`,
	);
}

function validateMediaType(request: RequestToValidate, operation: Operation): string[] {
	if (request.body === undefined || !operation.requestBody || !('content' in operation.requestBody)) return [];
	const acceptedTypes = Object.keys(operation.requestBody.content);
	const sentType =
		String(request.headers['content-type'] ?? '')
			.split(';')[0]
			?.trim()
			.toLowerCase() ?? '';
	return acceptedTypes.includes(sentType) ? [] : [`header.content-type must be ${acceptedTypes.join(' or ')}`];
}

async function compileContract(): Promise<ContractValidator> {
	const api = new OpenAPIBackend({
		definition: CONTRACT_FILE,
		strict: true,
		// The check that is left out by this knows OpenAPI 3.0 only; redocly lints the contract.
		quick: true,
		ajvOpts: { allErrors: true, strict: false },
		customizeAjv: (ajv) => ajv.addFormat('date-time-local', isWallTime).addFormat('date', isCalendarDay),
	});
	await api.init();
	api.validator.preCompileRequestValidators();
	api.validator.preCompileResponseValidators();
	const operations = api.getOperations();
	return {
		operations,
		findOperation(request) {
			const operation = api.matchOperation({ ...request, headers: {} });
			if (!operation) throw new Error(formatNotDescribed(request.method, request.path));
			return operation;
		},
		validateRequest(request, operation) {
			const { errors } = api.validator.validateRequest({ ...request, body: request.body }, operation);
			const violations = toViolationMessages(errors ?? []);
			const hasContentTypeViolation = violations.some((text) => text.startsWith('header.content-type'));
			return hasContentTypeViolation ? violations : [...validateMediaType(request, operation), ...violations];
		},
		validateResponse(operationId, status, body) {
			const operation = operations.find((candidate) => candidate.operationId === operationId);
			if (!operation?.responses?.[status]) return [`status ${status} is not in the contract of ${operationId}`];
			return toViolationMessages(api.validator.validateResponse(body, operation, status).errors ?? []);
		},
	};
}

let contractValidator: Promise<ContractValidator> | undefined;

/** Reads and compiles the contract, once per process. @throws Error when it is no valid OpenAPI */
export const loadContractValidator = (): Promise<ContractValidator> => (contractValidator ??= compileContract());
