import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { ItemJson } from '../../scripts/instance/restClient.mts';
import { getBangkokNow } from './bangkokTime.mts';
import { launchChromium, VISIBLE_USER_AGENT } from './editorPage.mts';
import { EVIL_TEXT, MCP_TOKEN, type ExampleServer } from './exampleServer.mts';
import { callTool, connectMcpClient } from './mcpClient.mts';
import type { ToolCall } from './scriptedModel.mts';

/** Calls of the tools that read in both examples, with a text of the result. */
const READ_CALLS: Array<[call: ToolCall, pattern: RegExp]> = [
	[{ name: 'Find_customers', args: { Search_Text: '' } }, /L000308/u],
	[
		{ name: 'Get_events_of_a_customer', args: { Customer_Code: 'C000055', From: '2025-01-01', To: '2025-01-31' } },
		/Kick-off meeting/u,
	],
	[{ name: 'Find_deals', args: { Close_From: '', Close_To: '', Search_Text: '' } }, /dealValue/u],
	[{ name: 'Find_quotations', args: { From: '', To: '', Customer_Code: '' } }, /staffName/u],
	[{ name: 'Get_sales_order', args: { Sales_Order_Number: 'SO24090001' } }, /PD002/u],
];
/** Call that finds a customer with `EVIL_TEXT` as its name. */
const EVIL_CALL: ToolCall = { name: 'Find_customers', args: { Search_Text: '<b>Evil' } };

/** Creates a lead with `EVIL_TEXT` as its name. */
const createEvilLead = ({ sandbox }: ExampleServer): void =>
	void sandbox.records.customers.create({ customerCode: 'EVIL-LEAD', customerName: EVIL_TEXT, customerType: 11100 });

/** Calls of all tools for AI apps. */
const MCP_CALLS: typeof READ_CALLS = [
	...READ_CALLS,
	[{ name: 'Find_employees', args: { Search_Text: '' } }, /staffCode/u],
	[{ name: 'Get_contract', args: { Contract_Number: 'CONT250600006' } }, /CONT250600006/u],
	[{ name: 'Get_case', args: { Case_Number: 'T250200010' } }, /T250200010/u],
];

/** Defines the test of the MCP server. */
export function defineMcpExampleTest(exampleServer: ExampleServer): void {
	test('an AI app reads Venio with a token, and nothing without it', async () => {
		const id = 'venio-for-ai-apps';
		await exampleServer.prepareExample(id);
		await exampleServer.rest.publish(id);
		const connect = (token: string) => connectMcpClient(exampleServer, 'venio', { authorization: `Bearer ${token}` });
		await assert.rejects(connect('wrong'));
		const client = await connect(MCP_TOKEN);
		try {
			const { tools } = await client.listTools();
			const toolNames = MCP_CALLS.map(([{ name }]) => name);
			assert.deepEqual(tools.map(({ name }) => name).toSorted(), toolNames.toSorted());
			createEvilLead(exampleServer);
			const text = await callTool(client, EVIL_CALL);
			assert.ok(text.includes(JSON.stringify(EVIL_TEXT)), text);
			const countBefore = exampleServer.requestCount;
			for (const [call, pattern] of MCP_CALLS) assert.match(await callTool(client, call), pattern, call.name);
			const methods = exampleServer.getApiRequests(countBefore).map(({ operationId }) => operationId ?? '');
			assert.deepEqual(
				methods.filter((operationId) => !/^(?:find|get)/u.test(operationId)),
				[],
			);
		} finally {
			await client.close();
		}
	});
}

/** Message of the chat, as n8n sends it. */
interface ChatMessage {
	text?: string;
	buttons?: Array<{ text: string; link: string }>;
}

/** Defines the tests of the chat, which requires n8n 2. */
export function defineChatExampleTests(exampleServer: ExampleServer): void {
	describe('chat with the agent', () => {
		const id = 'ask-venio-in-a-chat';
		let browser: Browser;
		let page: Page;
		let chatUrl = '';
		before(async () => {
			browser = await launchChromium();
			page = await browser.newPage({ userAgent: VISIBLE_USER_AGENT });
			await page.goto(`${exampleServer.url}/healthz`);
		});
		after(async () => await (browser as Browser | undefined)?.close());
		beforeEach(async () => {
			await exampleServer.prepareExample(id, ({ type, parameters, webhookId }) => {
				if (type.endsWith('.lmChatOpenAi'))
					Object.assign(parameters, {
						model: { __rl: true, mode: 'id', value: 'scripted' },
						responsesApiEnabled: false,
					});
				if (type.endsWith('.chatTrigger')) chatUrl = `${exampleServer.url}/webhook/${webhookId}/chat`;
			});
			await exampleServer.rest.publish(id);
		});

		/**
		 * Sends a message as a signed-in colleague.
		 * @param button - Button to click in a message
		 * @returns the messages of the chat
		 */
		const chat = async (chatInput: string, button?: string): Promise<ChatMessage[]> => {
			const sessionId = `session-${chatInput}`;
			const body = JSON.stringify({ action: 'sendMessage', sessionId, chatInput });
			const headers = { 'content-type': 'application/json', cookie: exampleServer.rest.cookie };
			const response = await exampleServer.fetchPublished(chatUrl, { method: 'POST', headers, body });
			const started = (await response.json()) as { executionId: string; resumeToken?: string };
			assert.ok(started.executionId, JSON.stringify(started));
			const query = new URLSearchParams({
				sessionId,
				executionId: started.executionId,
				isPublic: 'true',
				token: started.resumeToken ?? '',
			});
			const socketUrl = `${exampleServer.url.replace('http', 'ws')}/chat?${query.toString()}`;
			return await page.evaluate(readChat, { socketUrl, reply: exampleServer.model.reply, button });
		};

		test('answers with the data of the tools, and knows the date', async () => {
			const { model } = exampleServer;
			model.setScript(READ_CALLS.map(([call]) => call));
			const messages = await chat('What is new?');
			assert.equal(messages.at(-1)?.text, 'Done.');
			for (const [index, [{ name }, pattern]] of READ_CALLS.entries())
				assert.match(model.toolResults[index] ?? '', pattern, name);
			assert.ok(model.systemMessage.includes(getBangkokNow().toFormat('cccc, d LLLL yyyy')), model.systemMessage);
			assert.equal(model.offeredTools.length, 7);
		});

		test('the model receives texts with markup as they are, and so does the colleague', async () => {
			const { model } = exampleServer;
			createEvilLead(exampleServer);
			model.setScript([EVIL_CALL], EVIL_TEXT);
			const messages = await chat('What is the name?');
			assert.ok(model.toolResults[0]?.includes(JSON.stringify(EVIL_TEXT)), model.toolResults[0]);
			assert.equal(messages.at(-1)?.text, EVIL_TEXT);
		});

		test('lists the customers without events in one call, although one cannot be read', async () => {
			const { model, sandbox } = exampleServer;
			const today = getBangkokNow().toISODate() ?? '';
			model.setScript([{ name: 'Get_customers_without_events', args: { From: today, To: today } }]);
			// The model learns which customer could not be read.
			const match = { operationId: 'getCustomerEvents', customerCode: 'C000055' };
			sandbox.faults.add({ match, times: 'always', answer: { status: 400 } });
			await chat('Whom did nobody visit today?');
			const customers = JSON.parse(model.toolResults[0] ?? '[]') as ItemJson[];
			assert.ok(
				customers.some(({ customerCode }) => customerCode === 'C000999'),
				model.toolResults[0],
			);
			const errors = customers.filter(({ error }) => error !== undefined).map(({ error }) => String(error));
			assert.equal(errors.length, 1, errors.join());
			assert.match(errors[0] ?? '', /for customer code 'C000055'/u);
		});

		for (const button of ['Create', 'Do not create']) {
			test(`a colleague selects "${button}"`, async () => {
				const { model, sandbox } = exampleServer;
				const eventName = `By chat: ${button} ${EVIL_TEXT}`;
				const toolParameters = {
					Customer_Code: 'C000055',
					Event_Name: eventName,
					Event_Type: 'Meeting',
					Event_Date: '2027-01-20T10:00:00',
					Description: '',
				};
				model.setScript([{ name: 'Create_event', args: { toolParameters, hitlParameters: {} } }]);
				const messages = await chat(`Plan a visit: ${button}`, button);
				const question = messages.find(({ buttons }) => buttons !== undefined);
				assert.match(question?.text ?? '', /^May I create this event in Venio\?\s+C000055: By chat: /u);
				assert.ok(question?.text?.includes(`${eventName}, 2027-01-20T10:00:00 (Meeting)`), question?.text);
				const createdEvents = sandbox.records.customerEvents.find({ eventName });
				assert.equal(createdEvents.length, button === 'Create' ? 1 : 0);
				assert.equal(messages.at(-1)?.text, 'Done.');
			});
		}
	});
}

/** What the browser does in a chat. */
interface ChatVisit {
	socketUrl: string;
	/** Text of the last message. If it does not come, n8n closes the connection. */
	reply: string;
	/** Text of the button to click. */
	button?: string | undefined;
}

/** Reads the messages of the chat in the browser. */
const readChat = ({ socketUrl, reply, button }: ChatVisit): Promise<ChatMessage[]> =>
	new Promise((resolve, reject) => {
		const messages: ChatMessage[] = [];
		const socket = new WebSocket(socketUrl);
		socket.onmessage = ({ data }: { data: unknown }) => {
			const text = String(data);
			if (text === 'n8n|heartbeat') socket.send('n8n|heartbeat-ack');
			if (text.startsWith('n8n|')) return;
			const message = text.startsWith('{') ? (JSON.parse(text) as ChatMessage) : { text };
			messages.push(message);
			const link = message.buttons?.find((candidate) => candidate.text === button)?.link;
			if (link !== undefined) void fetch(link);
			// n8n would close the connection five seconds later.
			if (message.text === reply) socket.close();
		};
		socket.onerror = () => reject(new Error('The connection of the chat failed'));
		socket.onclose = () => resolve(messages);
	});
