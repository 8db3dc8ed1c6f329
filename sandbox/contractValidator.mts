import { join } from 'node:path';
import { DateTime } from 'luxon';
import { OpenAPIBackend } from 'openapi-backend';
import type { Operation, ValidationResult } from 'openapi-backend';
import { formatNotDescribed } from './responses.mts';

const CONTRACT_FILE = join(import.meta.dirname, '..', 'contract', 'gofive.openapi.yaml');

/** Request to compare with the contract. */
export interface RequestToValidate {
	method: string;
	path: string;
	headers: Record<string, string | string[]>;
	query: Record<string, string | string[]>;
	/** Parsed body, or its text if it cannot be parsed. */
	body: unknown;
}

/** Compiled contract. */
export interface ContractValidator {
	operations: Operation[];
	/**
	 * Finds the operation of a request.
	 * @throws Error if the contract does not describe it
	 */
	findOperation(request: { method: string; path: string }): Operation;
	/**
	 * Returns an operation by its operationId.
	 * @throws Error if the contract does not describe it
	 */
	getOperation(operationId: string): Operation;
	/** Returns the violations in a request, one text per location. */
	validateRequest(request: RequestToValidate, operation: Operation): string[];
	/** Returns the violations in a response with a parsed body. A status that the contract does not list is one. */
	validateResponse(operationId: string, status: number, body: unknown): string[];
}

type SchemaViolation = NonNullable<ValidationResult['errors']>[number];

// Built once, because most requests contain dates.
const DAY_PARSER = DateTime.buildFormatParser('yyyy-MM-dd');
const WALL_TIME_PARSER = DateTime.buildFormatParser("yyyy-MM-dd'T'HH:mm:ss");
const isCalendarDay = (text: string): boolean => DateTime.fromFormatParser(text, DAY_PARSER).isValid;
const isWallTime = (text: string): boolean => DateTime.fromFormatParser(text, WALL_TIME_PARSER).isValid;

function locateViolation(violation: SchemaViolation): string {
	const path = violation.keyword === 'parse' ? '/requestBody' : violation.instancePath;
	const { missingProperty, additionalProperty } = violation.params as Record<string, string | undefined>;
	const name = missingProperty ?? additionalProperty;
	return name === undefined ? path : `${path}/${name}`;
}

/** Formats violations, one text per location. A date that violates both pattern and format counts once. */
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
	const sentHeader = String(request.headers['content-type'] ?? '').toLowerCase();
	const sentType = /^[^;\s]*/.exec(sentHeader)?.[0] ?? '';
	return acceptedTypes.includes(sentType) ? [] : [`header.content-type must be ${acceptedTypes.join(' or ')}`];
}

async function compileContract(): Promise<ContractValidator> {
	const api = new OpenAPIBackend({
		definition: CONTRACT_FILE,
		strict: true,
		// Skips a check that supports only OpenAPI 3.0, and compiles the schemas of an operation when it is first used.
		quick: true,
		// Redocly lints the contract and its schemas, which takes Ajv seconds.
		ajvOpts: { allErrors: true, strict: false, validateSchema: false },
		customizeAjv: (ajv) => ajv.addFormat('date-time-local', isWallTime).addFormat('date', isCalendarDay),
	});
	await api.init();
	const operations = api.getOperations();
	// The router builds this list again for each request.
	api.router.getOperations = () => operations;
	return {
		operations,
		findOperation(request) {
			const operation = api.matchOperation({ ...request, headers: {} });
			if (!operation) throw new Error(formatNotDescribed(request.method, request.path));
			return operation;
		},
		getOperation(operationId) {
			const operation = api.getOperation(operationId);
			if (!operation) throw new Error(`The contract does not describe ${operationId}`);
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

/**
 * Reads and compiles the contract, once per process.
 * @throws Error if it is not valid OpenAPI
 */
export const loadContractValidator = (): Promise<ContractValidator> => (contractValidator ??= compileContract());
