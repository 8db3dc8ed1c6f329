/** n8n 2.41's durable poller, which is off by default. */
export const DURABLE_POLLER_ENV = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};

/** Killed in the middle of an activation, n8n waits for the end of this lease, two minutes by default, before it activates again. */
export const SHORT_LEASE_ENV = { N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '20' };
