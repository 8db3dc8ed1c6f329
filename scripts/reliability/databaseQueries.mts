/** Builds the queries about a workflow in n8n's database, for SQLite and PostgreSQL. */
export const buildQueries = (workflowId: string) => ({
	staticData: `SELECT CAST("staticData" AS TEXT) AS text FROM workflow_entity WHERE id = '${workflowId}'`,
	cursors: `SELECT CAST("cursor" AS TEXT) AS text FROM poller_state WHERE "workflowId" = '${workflowId}'`,
	executions: `SELECT e.id, e.status, d.data FROM execution_entity e LEFT JOIN execution_data d ON d."executionId" = e.id
		WHERE e."workflowId" = '${workflowId}' ORDER BY e.id`,
	scheduled: `SELECT status, count(*) AS count FROM scheduled_task
		WHERE "taskType" = 'workflow:poll-trigger' AND CAST(payload AS TEXT) LIKE '%${workflowId}%' GROUP BY status`,
});
