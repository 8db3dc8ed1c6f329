import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sendersAmong, violations } from './rules.cts';

const root = path.join(__dirname, '..', '..');

const names = ['nodes', 'credentials']
	.flatMap((folder) =>
		readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)),
	)
	.filter((name) => name.endsWith('.ts'))
	.map((name) => name.replaceAll(path.sep, '/'));
const files = new Map(names.map((name) => [name, readFileSync(path.join(root, name), 'utf8')]));
const senders = sendersAmong(files);

describe('the published source', () => {
	it('has node and credential files to look at', () => {
		expect(names).toContain('nodes/GoFive/GoFive.node.ts');
		expect(names).toContain('credentials/GoFiveApi.credentials.ts');
	});

	it('sends from somewhere below api/', () => {
		expect([...senders].filter((name) => name.startsWith('nodes/GoFive/api/'))).not.toEqual([]);
	});

	it.each([...files])('%s keeps to the rules', (file, text) => {
		expect(violations(file, text, senders)).toEqual([]);
	});
});

describe('the rules', () => {
	const node = 'nodes/GoFive/GoFive.node.ts';
	const resource = 'nodes/GoFive/resources/customerEvent/create.ts';
	const operation = 'nodes/GoFive/operation/run.ts';
	const api = 'nodes/GoFive/api/client.ts';
	const time = 'nodes/GoFive/time/clock.ts';
	const madeUp = sendersAmong(
		new Map([
			['nodes/GoFive/api/transport.ts', 'export const send = (host: Host) => host.helpers.httpRequest({});'],
			['nodes/GoFive/api/client.ts', "import { send } from './transport';"],
			['nodes/GoFive/api/index.ts', "export { client } from './client';"],
			['nodes/GoFive/api/envelope.ts', "import type { Send } from './transport';"],
		]),
	);
	const credential = 'credentials/GoFiveApi.credentials.ts';

	it.each([
		['a package that n8n Cloud does not have', api, "import axios from 'axios';"],
		['a Node module', api, "import { readFileSync } from 'node:fs';"],
		['a module that is required', api, "const fs = require('fs');"],
		['a module that is imported on demand', api, "const load = () => import('luxon');"],
		['a file outside the published source', api, "import { startSandbox } from '../../../sandbox/index';"],
		['a node file, by anyone', resource, "import { GoFive } from '../../GoFive.node';"],
		['the trigger, by a resource', resource, "import { seen } from '../../trigger/seen';"],
		['the client, by a resource', resource, "import { send } from '../../api/client';"],
		['what hands on the client, among types, by a resource', resource, "import { type Request, send } from '../../api';"],
		['a resource, by operation', operation, "import { resources } from '../resources';"],
		['operation, by api', api, "import type { Operation } from '../operation/types';"],
		['api, by time', time, "export * from '../api/client';"],
		['operation, by a credential', credential, "import { run } from '../nodes/GoFive/operation/run';"],
		['a credential, by api', api, "import { GoFiveApi } from '../../../credentials/GoFiveApi.credentials';"],
		['a parameter that api reads', api, "export const code = (f: Context) => f.getNodeParameter('code', 0);"],
		['a resource that sends', resource, 'export const send = (f: Context) => f.helpers.httpRequest({});'],
		['a file in a folder that the house does not have', 'nodes/GoFive/utils/helpers.ts', ''],
	])('refuse %s', (_what, file, text) => {
		expect(violations(file, text, madeUp)).toHaveLength(1);
	});

	it.each([
		[node, "import { NodeConnectionTypes } from 'n8n-workflow';\nimport { resources } from './resources';"],
		[node, "import { poll } from './trigger/poll';\nimport { run } from './operation/run';"],
		[resource, "import type { Request } from '../../api/client';\nimport { plain } from '../../api/envelope';"],
		[resource, "import { range } from '../../time/range';\nimport { shared } from '../fields';"],
		[operation, "import { send } from '../api';\nimport { now } from '../time/clock';"],
		[api, "import { createHash } from 'node:crypto';\nimport { now } from '../time/clock';"],
		[credential, "import { baseUrlOf } from '../nodes/GoFive/api/baseUrl';"],
	])('allow %s to import what lies below it', (file, text) => {
		expect(violations(file, text, madeUp)).toEqual([]);
	});
});
