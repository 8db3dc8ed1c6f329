import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { runNode } from '../harness.cts';
import { success, toFullResponse } from '../../support/responses.cts';
import { listenOnLoopback } from '../../support/waitForCondition.cts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const MEGABYTE_BYTES = 1_000_000;
/**
 * Response of a megabyte of which the node returns one ID.
 * It consists of many texts, because V8 keeps a long text alive as long as a part of it is used.
 */
const { body: responseBody } = toFullResponse(
	success([
		{ eventId: 1 },
		...Array.from({ length: 1500 }, (_, index) => ({ eventId: index, description: `${index} `.repeat(150) })),
	]),
);
const MEASURED_EVERY = 30;
/** Node.js compiles code and fills caches meanwhile. The 60 responses themselves have 60 MB. */
const MAX_GROWTH_MB = 25;

test(`releases the data of emitted items: 60 responses of 1 MB increase the memory by less than ${MAX_GROWTH_MB} MB`, async () => {
	const heapSizesMb: number[] = [];
	let responseCount = 0;
	const server = createServer((_request, response) => {
		response.setHeader('content-type', 'application/json');
		response.end(responseBody);
		responseCount += 1;
		if (responseCount % MEASURED_EVERY !== 0) return;
		collectGarbage();
		heapSizesMb.push(process.memoryUsage().heapUsed / MEGABYTE_BYTES);
	});
	const port = await listenOnLoopback(server);
	const result = await runNode({
		parameters: {
			resource: 'customerEvent',
			operation: 'getByCustomerCode',
			customerCode: '={{ $json.code }}',
			returnAll: false,
			limit: 1,
			output: 'raw',
		},
		credential: {
			authentication: 'accessToken',
			accessToken: 'token',
			subscriptionApiKey: 'key',
			baseUrl: `http://127.0.0.1:${port}`,
		},
		items: Array.from({ length: 3 * MEASURED_EVERY }, (_, index) => ({ code: `C${index}` })),
	});
	server.close();
	expect(result.items).toHaveLength(3 * MEASURED_EVERY);
	expect(heapSizesMb).toHaveLength(3);
	expect(responseBody.length).toBeGreaterThan(MEGABYTE_BYTES * 0.8);
	// The first responses are not counted: until then, the memory also grows for other reasons.
	expect((heapSizesMb[2] ?? Infinity) - (heapSizesMb[0] ?? 0)).toBeLessThan(MAX_GROWTH_MB);
});
