/*
 * Messages that many tests expect, as the node builds them. Their words are in engine/faults/outcomesTests.cts only.
 * Other messages come from nodes/GoFive/api/messages.ts.
 * Start with `buildRejection`.
 */
import { messages } from '../../nodes/GoFive/api/messages';

/** Message of a request that GoFive rejects without a reason, and beginning of the message with one. */
export const REJECTED = messages.businessError('', '', '', 'read').message;

/** Builds the message of a request that GoFive rejects with a reason. */
export const buildRejection = (reason: string, code = '4001'): string =>
	messages.businessError(code, reason, '', 'read').message;

/** Builds the message of a request that GoFive cannot handle. */
export const buildServerError = (status: number): string => messages.serverError(status, '').message;

/** Builds a pattern of texts that begin with a text. */
export const startsWith = (text: string): RegExp => new RegExp(`^${text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`);
