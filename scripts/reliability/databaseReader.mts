/**
 * Prints what n8n's database holds of a workflow, as JSON, all of it read at one moment. It runs on n8n's own Node,
 * which has SQLite built in. Arguments: the database file, the workflow's id.
 */
import { createRequire } from 'node:module';
import { buildQueries } from './databaseQueries.mts';

interface Database {
	exec(sql: string): void;
	prepare(sql: string): { all(): unknown[] };
}
interface Sqlite {
	DatabaseSync: new (file: string, options: { readOnly: boolean }) => Database;
}

const [file = '', workflowId = ''] = process.argv.slice(2);
const { DatabaseSync } = createRequire(import.meta.url)('node:sqlite') as Sqlite;
const database = new DatabaseSync(file, { readOnly: true });
// n8n may just be writing, or its last words may have to be taken out of the log that it left behind.
database.exec('PRAGMA busy_timeout = 5000');
database.exec('BEGIN');
const rowsByQuery = Object.entries(buildQueries(workflowId)).map(([name, sql]) => [name, database.prepare(sql).all()]);
process.stdout.write(JSON.stringify(Object.fromEntries(rowsByQuery)));
