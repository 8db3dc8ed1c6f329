/**
 * Prints what n8n's database holds of a workflow, as JSON, all of it read at one moment. It runs on n8n's own Node,
 * which has SQLite built in. Arguments: the database file, the workflow's id.
 */
import { createRequire } from 'node:module';

interface Database {
	exec(sql: string): void;
	prepare(sql: string): { all(...parameters: string[]): unknown[] };
}
interface Sqlite {
	DatabaseSync: new (file: string, options: { readOnly: boolean }) => Database;
}

const [file = '', workflow = ''] = process.argv.slice(2);
const { DatabaseSync } = createRequire(import.meta.url)('node:sqlite') as Sqlite;
const database = new DatabaseSync(file, { readOnly: true });
// n8n may just be writing, or its last words may have to be taken out of the log that it left behind.
database.exec('PRAGMA busy_timeout = 5000');
database.exec('BEGIN');
const all = (sql: string): unknown[] => database.prepare(sql).all(workflow);
const found = {
	staticData: all('SELECT "staticData" AS text FROM workflow_entity WHERE id = ?'),
	cursors: all('SELECT "cursor" AS text FROM poller_state WHERE "workflowId" = ?'),
	executions: all(
		`SELECT e.id, e.status, d.data FROM execution_entity e LEFT JOIN execution_data d ON d."executionId" = e.id
		WHERE e."workflowId" = ? ORDER BY e.id`,
	),
	scheduled: all(
		`SELECT status, count(*) AS count FROM scheduled_task
		WHERE "taskType" = 'workflow:poll-trigger' AND payload LIKE '%' || ? || '%' GROUP BY status`,
	),
};
process.stdout.write(JSON.stringify(found));
