import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { loadContract } from '../../sandbox/contract.mts';
import type { ReceivedRequest } from '../../sandbox/types.mts';
import { RELEASES, type Release } from '../../scripts/start/releases.mts';
import type { Item } from '../../scripts/start/rest.mts';
import type { Session } from '../../scripts/start/session.mts';
import { AGENT, agentWorkflow, mcpWorkflow } from './agentWorkflows.mts';
import { connectMcp, type McpClient } from './mcp.mts';
import { ScriptedModel, type OfferedTool } from './scriptedModel.mts';
import { checkOffered, fromAI, operations, operationNamed, requestOf, toolOf, type Tool } from './tools.mts';
import { Whole } from './whole.mts';

const contract = await loadContract();

const READ = 'customerEvent.getByCustomerCode';
const WRITE = 'customerEvent.create';
/** Names and descriptions of what the main tools ask for. */
const DESCRIPTIONS: Record<string, Record<string, RegExp>> = {
	Get_customer_events_by_customer_code_in_GoFive: {
		Customer_Code: /customer/u,
		From: /First day, such as 2025-01-31, in the time zone of GoFive \(Asia\/Bangkok .*2025-01-31T10:00:00/u,
		To: /Last day, such as 2025-01-31, included whole, in the time zone of GoFive \(Asia\/Bangkok .*2025-01-31T18:00:00/u,
	},
	Create_customer_event_in_GoFive: {
		Customer_Code: /customer/u,
		Event_Name: /Title/u,
		Event_Date: /Date and time in the time zone of your GoFive account \(Asia\/Bangkok .*2025-01-31T10:00:00/u,
	},
};
/** What a model, or a person, can mend a date by. */
const DATE_FORMS = /'From' cannot be \\?"soon\\?".*2025-01-31 .*2025-01-31T10:00:00 \(time of your GoFive account\).*2025-01-31T10:00:00\+07:00.*Nothing was sent/su;

/** An AI Agent and an MCP client that use the node as a tool. */
export default function agents(session: Session): void {
	for (const release of RELEASES) describe(release.pinned.title, () => inRelease(session, release));
}

function inRelease(session: Session, release: Release): void {
	/** The agent with which people begin now, and the one before, which calls its tools another way. */
	const versions = release.name === '1.123' ? [3, 2.2] : [3.1, 2.2];
	/** Those before end at an error of a tool, or swallow it, unless the tool has On Error on Continue. */
	const tellsOfErrors = (version: number): boolean => version >= 3.1;
	let whole: Whole;
	let model: ScriptedModel;
	let openAiApi: { id: string; name: string };
	/** How many requests had come when a call was about to begin. */
	const marks: number[] = [];

	before(async () => {
		whole = await Whole.bringUp(session, release);
		model = await ScriptedModel.start((call) => {
			marks[call] = whole.count;
		});
		const name = 'Scripted model';
		openAiApi = await whole.rest.call('POST', 'credentials', { name, type: 'openAiApi', data: { apiKey: 'none', url: model.url } });
	});
	after(async () => {
		// Either is missing when its start did not succeed.
		await model?.close();
		await whole?.stop();
	});

	/** Lets the agent make the calls. */
	async function converse(tools: Tool[], calls = tools.map(({ call }) => call), version = versions[0] ?? 3): Promise<void> {
		model.follow(calls);
		const nodes = tools.map(({ node }) => (tellsOfErrors(version) ? node : { ...node, onError: 'continueRegularOutput' as const }));
		const workflow = agentWorkflow(`Agent ${version}`, version, openAiApi, nodes);
		const { status, error, items } = await whole.execute(workflow);
		assert.equal(status, 'success', error?.message);
		assert.deepEqual(items(AGENT).map(({ output }) => output), ['Done.']);
	}
	/** What the sandbox received for a call. */
	const sentFor = (call: number): ReceivedRequest[] => {
		const later = whole.received(marks[call + 1]).length;
		return whole.received(marks[call]).slice(0, later === 0 ? undefined : -later);
	};
	const recordsOf = (result = ''): Item[] => JSON.parse(result) as Item[];

	/** Whether a talk gave the events of a range, made an event of this name, and told of a date and of a customer that are none. */
	function checkTalk([found, made, refused, unknown]: string[], name: string): void {
		const days = recordsOf(found).map(({ eventDate }) => String(eventDate).slice(0, 10));
		assert.ok(days.length > 0);
		for (const day of days) assert.ok(day >= '2025-01-01' && day <= '2025-01-31', day);
		const [event] = recordsOf(made);
		assert.deepEqual([event?.['eventName'], event?.['eventDate']], [name, '2025-01-20T10:00:00+07:00']);
		assert.equal(whole.sandbox.store.events.filter(({ eventName }) => eventName === name).length, 1);
		assert.match(refused ?? '', DATE_FORMS);
		assert.match(unknown ?? '', /Customer not found.*NOPE.*Check the values that were sent/su);
	}
	/** What a model asks for in such a talk. */
	const talkOf = (read: Tool, write: Tool, name: string): Tool['call'][] => [
		read.call,
		{ ...write.call, args: { ...write.call.args, Event_Name: name, Event_Date: '2025-01-20T10:00:00' } },
		{ ...read.call, args: { ...read.call.args, From: 'soon' } },
		{ ...read.call, args: { ...read.call.args, Customer_Code: 'NOPE' } },
	];

	for (const version of versions) {
		test(`AI Agent ${version}: events in a range that the model fills, an event made, and what it is told of a date that is none`, async () => {
			const [read, write] = [toolOf(READ), toolOf(WRITE)];
			const name = `Agent ${version}`;
			const calls = talkOf(read, write, name);
			await converse([read, write], calls, version);
			checkOffered(model.offered, [read, write]);
			checkTalk(model.results, name);
			assert.deepEqual(sentFor(0).map(({ operationId, body }) => [operationId, body])[0], ['getCustomerEvents', '{"DateFrom":"2025-01-01T00:00:00","DateTo":"2025-01-31T23:59:59"}']);
			assert.deepEqual(sentFor(2), []);
		});
	}

	test('an MCP client finds the same tools, and they do the same', async () => {
		const [read, write] = [toolOf(READ, { described: true }), toolOf(WRITE, { described: true })];
		const id = await whole.rest.save(mcpWorkflow('MCP', 'gofive', [read.node, write.node]));
		await whole.rest.publish(id);
		let client: McpClient | undefined;
		try {
			client = await connectMcp(whole.running.n8n, `${whole.url}/mcp/gofive`);
			const { tools } = await client.listTools();
			const offered = tools.map(({ name, description = '', inputSchema }) => ({ name, description, parameters: inputSchema }));
			checkOffered(offered, [read, write]);
			checkDescriptions(offered);
			const results: string[] = [];
			for (const { name, args } of talkOf(read, write, 'By MCP')) {
				const { content } = await client.callTool({ name, arguments: args });
				results.push(content.map(({ text }) => text).join(''));
			}
			checkTalk(results, 'By MCP');
		} finally {
			await client?.close();
			await whole.rest.unpublish(id);
		}
	});

	test('the main tools, described by the person, say what they do, and of dates in which zone and how they are written', async () => {
		const tools = [toolOf(READ, { described: true }), toolOf(WRITE, { described: true })];
		await converse(tools, []);
		checkOffered(model.offered, tools);
		checkDescriptions(model.offered);
	});

	test('lines, filters, added fields and JSON that the model fills', async () => {
		const lines = [{ productCode: 'A001', qty: 2, price: 99.5 }];
		const line = { productCode: fromAI('line0_Product_Code'), qty: fromAI('line0_Quantity', 'number'), price: fromAI('line0_Price', 'number') };
		const [row] = lines;
		const filters = { customerCode: fromAI('Customer_Code'), quotationDate: fromAI('Quotation_Date') };
		const asksForMore = { method: 'POST', changesData: false, body: fromAI('Body', 'json') };
		const cases: Array<[tool: Tool, body: Item]> = [
			[
				toolOf('quotation.upsert', {
					parameters: { quotationDetails: { line: [line] } },
					args: { line0_Product_Code: row?.productCode, line0_Quantity: row?.qty, line0_Price: row?.price },
				}),
				{ quotationDetails: lines },
			],
			[
				toolOf('quotation.upsert', {
					called: 'Quotation with products as JSON',
					parameters: { quotationDetailsInput: 'json', quotationDetailsJson: fromAI('Products__JSON_', 'json') },
					args: { Products__JSON_: lines },
				}),
				{ quotationDetails: lines },
			],
			[toolOf('quotation.getAll', { parameters: { filters }, args: { Customer_Code: 'C000055', Quotation_Date: '2025-01-31' } }), { customerCode: 'C000055', quotationDate: '2025-01-31' }],
			[toolOf('deal.update', { parameters: { updateFields: { note: fromAI('Note') } }, args: { Note: 'ลูกค้าขอใบเสนอราคา' } }), { note: 'ลูกค้าขอใบเสนอราคา' }],
			[toolOf('endpoint.sendRequest', { parameters: asksForMore, args: { Path: '/v1/quotation/enquiry', Body: { take: 2, skip: 0 } } }), { take: 2, skip: 0 }],
		];
		const [elsewhere] = cases.slice(-1).map(([{ call }]) => ({ ...call, args: { ...call.args, Path: 'https://example.com/v1/quotation/enquiry' } }));
		assert.ok(elsewhere);
		const tools = cases.map(([tool]) => tool);
		await converse(tools, [...tools.map(({ call }) => call), elsewhere]);
		checkOffered(model.offered, tools);
		for (const [place, [{ call }, expected]] of cases.entries()) {
			const [sent] = sentFor(place);
			assert.deepEqual([call.name, partOf(sent, expected)], [call.name, expected]);
			for (const record of recordsOf(model.results[place])) assert.ok(!('error' in record), String(record['error']));
		}
		assert.match(model.results[cases.length] ?? '', /example\.com/u);
		assert.deepEqual(sentFor(cases.length), []);
	});

	test('every operation without descriptions: the model has the names of the fields alone', async () => {
		const tools = operations.map(({ name }) => toolOf(name));
		await converse(tools, []);
		checkOffered(model.offered, tools);
	});

	describe('every operation', () => {
		const tools = Object.fromEntries(operations.map(({ name }) => [name, toolOf(name, { described: true })]));
		const names = Object.keys(tools);
		before(async () => await converse(Object.values(tools)));
		for (const [place, name] of names.entries()) {
			test(name, () => {
				const tool = tools[name] as Tool;
				const { call, parameters } = tool;
				const offered = model.offered.filter((one) => one.name === call.name);
				checkOffered(offered, [tool]);
				assert.match(call.name, /^[\w-]{1,64}$/u);
				assert.match(offered[0]?.description ?? '', /^\w.+ in GoFive$/u);
				const request = requestOf(operationNamed(name).operation, parameters);
				const { operationId } = contract.described(request);
				const sent = sentFor(place).find((one) => one.operationId === operationId);
				assert.equal(`${sent?.method} ${sent?.path}`, `${request.method} ${request.path}`);
				const expected = JSON.parse(JSON.stringify(request.body ?? {})) as Item;
				assert.deepEqual(partOf(sent, expected), expected);
				const records = recordsOf(model.results[place]);
				assert.ok(records.length > 0);
				for (const record of records) assert.ok(!('error' in record), String(record['error']));
			});
		}
	});
}

/** What a request's body has under the keys of another one; the node adds those of pages. */
function partOf(sent: ReceivedRequest | undefined, expected: Item): Item {
	const body = sent?.body ? (JSON.parse(sent.body) as Item) : {};
	if (Array.isArray(body)) return body;
	return Object.fromEntries(Object.keys(expected).map((key) => [key, body[key]]));
}

/** Whether the main tools say what they do, and what they ask for. */
function checkDescriptions(offered: OfferedTool[]): void {
	for (const { name, description, parameters } of offered) {
		assert.equal(description.replaceAll(' ', '_'), name);
		const asked = parameters.properties ?? {};
		assert.deepEqual(Object.keys(asked), Object.keys(DESCRIPTIONS[name] ?? {}));
		for (const [key, says] of Object.entries(DESCRIPTIONS[name] ?? {})) assert.match(asked[key]?.description ?? '', says);
	}
}
