/**
 * Numbers of concurrent requests.
 * Imported by the limiter, the option Max Parallel Requests and Check Access.
 * `concurrencyLimiter.ts` describes how a run finds the number that the server can handle.
 */

/** Number with which a run starts once a token is stored or accepted. Each round without a failure doubles it. */
export const INITIAL_CONCURRENCY = 16;

/**
 * Default of the option Max Parallel Requests: three doublings of the initial number. It is only a ceiling for connections
 * and memory, since a run finds the useful number below it by itself. Workflows depend on it, because n8n does not store a default.
 */
export const DEFAULT_MAX_CONCURRENCY = 128;

/** Maximum of Check Access, which sends different requests to all endpoints and should not reach the rate limit. */
export const CHECK_MAX_CONCURRENCY = 4;
