/**
 * Prints the rows of a workflow in n8n's database as JSON, read in one transaction.
 * Runs on n8n's own Node.js, which includes SQLite.
 * @example node databaseReader.mts /home/user/.n8n/database.sqlite reliability
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
// n8n may be writing, or a killed n8n may have left a write-ahead log to recover.
database.exec('PRAGMA busy_timeout = 5000');
database.exec('BEGIN');
const rowsByQuery = Object.entries(buildQueries(workflowId)).map(([name, sql]) => [name, database.prepare(sql).all()]);
process.stdout.write(JSON.stringify(Object.fromEntries(rowsByQuery)));
