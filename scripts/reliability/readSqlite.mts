/**
 * Prints the rows of queries to a SQLite database as JSON. Runs on n8n's own Node.js, which includes SQLite.
 * @example `node readSqlite.mts database.sqlite '{"names": "SELECT name FROM workflow_entity"}'`
 */
import { createRequire } from 'node:module';

interface Sqlite {
	DatabaseSync: new (file: string, options: object) => { prepare(sql: string): { all(): unknown[] } };
}

const [file = '', queriesJson = '{}'] = process.argv.slice(2);
const { DatabaseSync } = createRequire(import.meta.url)('node:sqlite') as Sqlite;
// n8n may be writing.
const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
const queries = Object.entries(JSON.parse(queriesJson) as Record<string, string>);
const rows = queries.map(([name, sql]) => [name, database.prepare(sql).all()]);
process.stdout.write(JSON.stringify(Object.fromEntries(rows)));
