import path from 'node:path';
import { PlainStop } from '../start/plain.mts';
import { NEWEST } from '../start/releases.mts';
import { asked, mostLost, part, peak, time, underWay } from './figures.mts';
import { LARGE, type Case, type Kit, type Of, type Way } from './kit.mts';
import type { LoadTask } from './load.mts';
import type { Place } from './n8nRuns.mts';
import type { Limit } from './nginx.mts';
import { readableDates } from './workflows.mts';

const HTTP = 'HTTP Request + Split Out';
const OWN = 'GoFive';
const RATE = 20;

/** The time of a way as a multiple of the seconds that are needed at least. */
const overIdeal = (own: Way, seconds: number) => (of: Of): number => time(of(own)) / 1000 / seconds;
const nothingLost = (own: Way) => ({ what: 'codes lost', bound: { atMost: 0 }, value: (of: Of) => mostLost(of(own)) });

/** Many customers and no limit. */
const manyCodes = (count: number, place: Place, atMost: number) => (kit: Kit): Case => {
	const codes = kit.codes.slice(0, count);
	const http = kit.http(HTTP, { codes });
	const own = kit.goFive(OWN, { codes });
	const narrow = kit.goFive('GoFive, Max Parallel Requests 32', { codes, width: 32 });
	return {
		title: `${count.toLocaleString('en')} codes, ${place}`,
		ways: [http, own, narrow],
		place,
		times: 5,
		bounds: [{ what: "time, as a part of HTTP Request's", bound: { atMost }, value: part(own, http) }],
	};
};

/** 1,000 items that ask for 100 customers. */
function repeated(kit: Kit): Case {
	const codes = Array.from({ length: 1000 }, (_, item) => kit.codes[item % 100] ?? '');
	const http = kit.http(HTTP, { codes });
	const own = kit.goFive(OWN, { codes });
	const most = (what: string, operation: string, atMost: number) => ({
		what: `requests for ${what}`,
		bound: { atMost },
		value: (of: Of) => Math.max(...asked(of(own), operation)),
	});
	return {
		title: '1,000 items over 100 codes, new process',
		ways: [http, own],
		place: 'new process',
		times: 3,
		bounds: [
			most('events', 'getCustomerEvents', 100),
			most('event types', 'getCustomerEventTypes', 1),
			most('a token, in a new installation', 'createToken', 1),
			{ what: "time, as a part of HTTP Request's", bound: { atMost: 0.25 }, value: part(own, http) },
		],
	};
}

/** A server that works on 24 requests at a time and lets the rest wait: more width brings no more speed. */
function queue(kit: Kit): Case {
	const { codes } = kit;
	const fixed = kit.goFive('GoFive, Max Parallel Requests 24', { codes, width: 24 });
	const own = kit.goFive(OWN, { codes });
	return {
		title: '1,000 codes, a server that works on 24 at a time, warm server',
		ways: [fixed, own],
		place: 'warm server',
		times: 5,
		behaviour: { workers: 24 },
		bounds: [
			{ what: 'time, as a part of that with width 24', bound: { atMost: 1.15 }, value: part(own, fixed) },
			{ what: 'requests under way on average', bound: { atMost: 56 }, value: (of) => underWay(of(own)) },
		],
		note: (samples) => `${underWay(samples).toFixed(0)} under way`,
	};
}

/** A limit that says when to come back. */
function rateLimit(kit: Kit): Case {
	const codes = kit.codes.slice(0, 200);
	const limit = { requests: RATE, perSeconds: 1, retryAfterSeconds: 1 };
	const batched = (batchSize: number): Way =>
		kit.http(`the same, batches of ${batchSize} every second`, { codes, batch: { batchSize, batchInterval: 1000 } }, { times: 1 });
	const own = kit.goFive(OWN, { codes, goOn: true });
	const fixed = kit.goFive('GoFive, the limit counted in fixed seconds', { codes, goOn: true }, {
		times: 1,
		behaviour: { rateLimit: { ...limit, kind: 'window' } },
	});
	// The first second's burst is free, the rest comes at the rate.
	const ideal = (codes.length - RATE) / RATE;
	return {
		title: `200 codes, ${RATE} requests per second, Retry-After 1 s`,
		ways: [kit.http(HTTP, { codes }, { times: 1 }), batched(RATE), batched(15), own, fixed],
		place: 'server',
		times: 3,
		behaviour: { rateLimit: { ...limit, kind: 'bucket' } },
		bounds: [nothingLost(own), { what: `time, as a part of the ideal ${ideal} s`, bound: { atMost: 1.15 }, value: overIdeal(own, ideal) }],
		note: (samples) => `${mostLost(samples)} lost, ${Math.max(...asked(samples))} requests`,
	};
}

/** The limits of a gateway that many put before their servers; see nginx.mts. @param atOnce how many requests it lets go at the rate's start */
const behindNginx = (limit: Limit, title: string, atOnce?: number) => (kit: Kit): Case => {
	const codes = kit.codes.slice(0, 200);
	const own = kit.goFive(OWN, { codes, goOn: true, credential: `nginx-${limit}` });
	const ideal = (codes.length - (atOnce ?? 0)) / RATE;
	const inTime = { what: `time, as a part of the ideal ${ideal} s`, bound: { atMost: 1.35 }, value: overIdeal(own, ideal) };
	return {
		title: `200 codes, nginx ${title}`,
		ways: [own],
		place: 'server',
		times: 3,
		bounds: [nothingLost(own), ...(atOnce === undefined ? [] : [inTime])],
		note: (samples) => `${mostLost(samples)} lost`,
	};
};

/** One customer with very many events, to one item per event with readable dates. */
function events(kit: Kit): Case {
	const year = { codes: [kit.largeCode], from: '2025-01-01', to: '2025-12-31' };
	const http = kit.http(`${HTTP} + Edit Fields`, year, { times: 1, eventsEach: LARGE, behind: readableDates() });
	const own = kit.goFive(OWN, year, { eventsEach: LARGE });
	return {
		title: `One customer with ${LARGE.toLocaleString('en')} events, new process`,
		ways: [http, own],
		place: 'new process',
		times: 3,
		bounds: [
			{ what: 'time, as a part of that of HTTP Request, Split Out and Edit Fields', bound: { atMost: 0.1 }, value: part(own, http) },
			{ what: 'peak memory of n8n, as a part of theirs', bound: { below: 1 }, value: part(own, http, peak) },
		],
		note: (samples) => `peak ${Math.round(peak(samples) / 1e6)} MB`,
	};
}

/** The whole package in n8n's own loader, beside n8n's own Pipedrive node with its credential; each in a new process. */
function load({ session, scripts, running: { release, n8n, env } }: Kit): Case {
	const modules = path.resolve(n8n.program, '../../..');
	const way = (title: string, task: Omit<LoadTask, 'program'>): Way => ({
		title,
		async execute() {
			// n8n lets the packages below its own folder find n8n-workflow in the same way.
			const withModules = { ...env, NODE_PATH: modules };
			const args = [path.join(scripts, 'load.mjs'), JSON.stringify({ ...task, program: n8n.program })];
			const { ok, output } = await session.run(n8n.node, args, { env: withModules });
			const milliseconds = Number(/^\[([\d.]+)\]$/mu.exec(output)?.[1]);
			if (ok && milliseconds > 0) return { milliseconds };
			throw new PlainStop("n8n's loader could not be measured.", `What it printed is in ${session.log}`);
		},
	});
	const pipedrive = way("n8n's Pipedrive node and its credential", {
		folder: path.join(modules, 'n8n-nodes-base'),
		nodes: ['dist/nodes/Pipedrive/Pipedrive.node.js'],
		credentials: ['dist/credentials/PipedriveApi.credentials.js'],
	});
	const own = way('the whole GoFive package', {
		folder: path.join(env['N8N_USER_FOLDER'] ?? '', '.n8n', 'nodes', 'node_modules', 'n8n-nodes-gofive'),
	});
	const inTime = { what: 'time, as a part of that of the Pipedrive node', bound: { atMost: 1 }, value: part(own, pipedrive) };
	return {
		title: "Loading in n8n's loader",
		ways: [pipedrive, own],
		place: 'new process',
		times: 31,
		// n8n 1 has a Pipedrive node that loads in half the time; the bound was made with that of n8n 2.
		bounds: release === NEWEST ? [inTime] : [],
	};
}

/** What an item costs in n8n without a network: requests are answered inside the process, at once, without events. */
function perItem(kit: Kit): Case {
	const codes = Array.from({ length: 5000 }, (_, item) => `OFFLINE${item}`);
	const offline = { offline: true, eventsEach: 0 };
	const http = kit.http(HTTP, { codes }, { ...offline, times: 1 });
	const own = kit.goFive(OWN, { codes }, offline);
	const profiled = kit.goFive('GoFive, with a CPU profile', { codes }, { ...offline, times: 1, profile: true });
	return {
		title: '5,000 codes without a network and without events, new process',
		ways: [http, own, profiled],
		place: 'new process',
		times: 3,
		note: (samples) => `${(time(samples) / codes.length).toFixed(2)} ms per code`,
		text(of) {
			const parts = of(profiled).flatMap((sample) => sample.parts ?? []);
			const total = parts.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
			const lines = parts.map(({ title, milliseconds }) => `  ${Math.round((100 * milliseconds) / total)} %  ${title}`);
			return ['Parts of the time of GoFive without a network, by a CPU profile, the largest first:', ...lines].join('\n');
		},
	};
}

const limitReq = `limit_req: ${RATE} per second, burst 5`;

/** All cases, in the order in which they run, by the names that `--only` takes. */
export const CASES: Record<string, (kit: Kit) => Case> = {
	// The first that signs in, since it counts the requests for a token in a new installation.
	repeated,
	'new-1000': manyCodes(1000, 'new process', 0.85),
	'warm-1000': manyCodes(1000, 'warm server', 0.85),
	'warm-200': manyCodes(200, 'warm server', 1.1),
	queue,
	'rate-limit': rateLimit,
	'nginx-rate': behindNginx('rate', `${limitReq}, 429 without Retry-After`, 1),
	'nginx-burst': behindNginx('burst', `${limitReq} nodelay, 429 without Retry-After`, 6),
	'nginx-connections': behindNginx('connections', 'limit_conn: 6 connections, 503'),
	// These run in processes of their own, beside a server that is idle by now.
	events,
	load,
	'per-item': perItem,
};
