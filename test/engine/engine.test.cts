import {
	CredentialStore,
	engine,
	engineVersion,
	isFirstMajor,
	runNodeClass,
	testCredentialClass,
} from './harness.cts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Example, ExampleApi, GenericExampleApi } from './harness/exampleNode.cts';
import { startExampleServer } from './harness/exampleServer.cts';

let server: Awaited<ReturnType<typeof startExampleServer>>;
beforeAll(async () => {
	server = await startExampleServer();
});
beforeEach(() => server.reset());
afterAll(async () => await server.close());

const apiRequests = () => server.received.filter(({ path }) => path !== '/token');
const tokenRequests = () => server.received.filter(({ path }) => path === '/token');
const run = async (options: Partial<Parameters<typeof runNodeClass>[0]> = {}) =>
	await runNodeClass({
		nodeClass: Example,
		credentialClass: ExampleApi,
		credential: { baseUrl: server.url },
		...options,
		parameters: { url: server.url, ...options.parameters },
	});

/** Versions of n8n-core and n8n-workflow that an engine project of the jest config leads to. */
function releaseOf({ moduleNameMapper, rootDir }: JestProject): string {
	const version = (name: string) => {
		const mapped = Object.entries(moduleNameMapper).find(([pattern]) => new RegExp(pattern).test(name));
		const target = mapped?.[1] ?? `<rootDir>/node_modules/${name}`;
		const file = join(target.replace('<rootDir>', rootDir).replace('$1', ''), 'package.json');
		return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
	};
	return `${version('n8n-core')} with ${version('n8n-workflow')}`;
}

interface JestProject {
	displayName: string;
	rootDir: string;
	moduleNameMapper: Record<string, string>;
}

describe('the engine of this project', () => {
	it('is one of two projects, which cover both releases', () => {
		const { projects } = require('../../jest.config.cjs') as { projects: JestProject[] };
		const engines = projects.filter(({ displayName }) => displayName.startsWith('engine'));
		expect(engines.map(releaseOf).sort()).toEqual(['1.122.48 with 1.120.31', '2.41.1 with 2.41.0']);
	});

	it('is one of the two releases, with the n8n-workflow that belongs to it', () => {
		const { core, workflow } = engine();
		expect([core.name, core.version, workflow.name, workflow.version]).toEqual(
			isFirstMajor()
				? ['n8n-core', '1.122.48', 'n8n-workflow', '1.120.31']
				: ['n8n-core', '2.41.1', 'n8n-workflow', '2.41.0'],
		);
	});

	it('gives its own n8n-workflow to the built node and to the tests', () => {
		expect(engineVersion()).toEqual(engine().workflow);
		expect(require.resolve('n8n-workflow')).toBe(engine().workflow.file);
	});
});

describe('requests', () => {
	it('carry the body of a GET on the wire when method is left out', async () => {
		const { items, error } = await run();
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		const body = '{"from":"ลูกค้า 1"}';
		expect(apiRequests()).toMatchObject([
			{ method: 'GET', body, contentLength: String(Buffer.byteLength(body)) },
		]);
	});

	it('lose the body when method is GET', async () => {
		await run({ parameters: { method: 'GET' } });
		expect(apiRequests()).toMatchObject([{ method: 'GET', body: '', contentLength: undefined }]);
	});

	it('are signed by a generic description as well', async () => {
		server.accept('k-1');
		const { items } = await run({ credentialClass: GenericExampleApi, credential: { key: 'k-1' } });
		expect(items).toHaveLength(1);
		expect(apiRequests()).toMatchObject([{ authorization: 'Bearer k-1' }]);
	});
});

describe('the token', () => {
	it('is fetched once, stored, and found by the next run', async () => {
		const credentialStore = new CredentialStore();
		const first = await run({ credentialStore, credential: { baseUrl: server.url }, items: [{}, {}] });
		expect(first.stored).toEqual({ baseUrl: server.url, sessionToken: 'token-1' });
		const second = await run({ credentialStore, credential: undefined });
		expect(second.error).toBeUndefined();
		expect(tokenRequests()).toHaveLength(1);
		expect(credentialStore.writes).toBe(1);
	});

	it('is refreshed after a 401 and stored again', async () => {
		const { items, stored } = await run({ credential: { baseUrl: server.url, sessionToken: 'old' } });
		expect(items).toHaveLength(1);
		expect(stored.sessionToken).toBe('token-1');
		expect(server.received.map(({ path, authorization }) => [path, authorization])).toEqual([
			['/echo', 'Bearer old'],
			['/token', ''],
			['/echo', 'Bearer token-1'],
		]);
	});

	it('is merged into the stored credential by n8n 2, and overwrites its expressions in n8n 1', async () => {
		const baseUrl = `={{ "${server.url}" }}`;
		const { stored } = await run({ credential: { baseUrl } });
		expect(stored).toEqual({
			baseUrl: isFirstMajor() ? server.url : baseUrl,
			sessionToken: 'token-1',
		});
	});
});

describe('a credential test', () => {
	const subject = () => ({
		nodeClass: Example,
		credentialClass: ExampleApi,
		credential: { baseUrl: server.url },
		parameters: { url: server.url },
	});

	it('uses the stored token, although n8n means to fetch one', async () => {
		const credential = { baseUrl: server.url, sessionToken: 'kept' };
		server.accept('kept');
		const result = await testCredentialClass({ ...subject(), credential });
		expect(result).toMatchObject({ status: 'OK', message: 'Connection successful!' });
		expect(result.stored.sessionToken).toBe('kept');
		expect(tokenRequests()).toHaveLength(0);
	});

	it('reads its rules, also the one for what no success lacks', async () => {
		const { rules } = new ExampleApi().test;
		class Tested extends GenericExampleApi {
			test = {
				request: { baseURL: server.url, url: '/echo', ignoreHttpStatusErrors: true },
				rules,
			};
		}
		const messageFor = async (url: string) => {
			class At extends Tested {
				override test = { rules, request: { ...new Tested().test.request, url } };
			}
			const options = { ...subject(), credentialClass: At, credential: { key: 'k' } };
			return (await testCredentialClass(options)).message;
		};
		server.accept('other');
		expect(await messageFor('/echo')).toBe('The token was not accepted');
		server.accept('k');
		expect(await messageFor('/echo')).toBe('Connection successful!');
		expect(await messageFor('/page')).toBe('That is not the API');
	});

	it('that reaches nobody shows the text of n8n', async () => {
		const unreachable = { baseUrl: 'http://127.0.0.1:1' };
		const { status, message } = await testCredentialClass({ ...subject(), credential: unreachable });
		expect(status).toBe('Error');
		expect(message).toMatch(isFirstMajor() ? /refused/ : 'ECONNREFUSED');
	});
});
