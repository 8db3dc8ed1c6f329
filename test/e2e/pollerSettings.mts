/** Environment variables that enable the durable poller of n8n 2.41. */
export const DURABLE_POLLER_ENV = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};

/** Shortens the time that n8n waits after it was killed during an activation, from two minutes to 20 seconds. */
export const SHORT_LEASE_ENV = { N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '20' };
