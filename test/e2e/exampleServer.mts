import assert from 'node:assert/strict';
import { afterEach } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DateTime } from 'luxon';
import { formatThaiTime } from '../../sandbox/seed/seedCalendar.mts';
import { startMailServer } from '../../scripts/instance/mailServer.mts';
import type { FinishedExecution } from '../../scripts/instance/restClient.mts';
import {
	buildGoFiveNode,
	buildLinearWorkflow,
	customerEventsParameters,
	type WorkflowDefinition,
	type WorkflowNode,
} from '../../scripts/instance/workflowBuilder.mts';
import { findChromium } from './editorPage.mts';
import type { EmailPictures } from './emailPictures.mts';
import { Mailbox, type Email } from './mailbox.mts';
import { assertSucceeded, N8nTestServer } from './n8nTestServer.mts';
import { ScriptedModel } from './scriptedModel.mts';
import { ServiceRecorder } from './serviceRecorder.mts';
import { SERVICE_TOKENS } from './services.mts';
import { buildWebhookNode } from './testWorkflows.mts';
import { STORE_MS } from './pollingWorkflow.mts';

/** User name and password of the pages and links that an example protects. */
export const BASIC_AUTH = { user: 'colleague', password: 'p&ss' };
/** Token of the MCP server. */
export const MCP_TOKEN = 'mcp-token';

/** Name of a branch that looks like a tag. */
export const NAME_WITH_TAG = 'ร้านทอง <สาขา 2>';
/** Text that would change an email, a page or a message if it were not escaped. */
export const EVIL_TEXT = `<b>Evil</b> & "Co" <script>alert(1)</script> A & B <!channel> ${NAME_WITH_TAG}`;
/** Escapes a text as Slack, Telegram and HTML require it. */
export const escapeText = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Formats a number as n8n's function format() does in the examples. */
export const formatNumber = (amount: number): string => amount.toLocaleString('en-US');

/** Creates a change that attaches the file to an email in n8n 1, whose node has no separate option for files. */
export const createFileAttachment =
	(isNewest: boolean) =>
	({ name, parameters }: WorkflowNode): void => {
		if (name === 'Send file' && !isNewest) parameters['options'] = { attachments: 'data', appendAttribution: false };
	};

/** n8n server with local servers for the services to which the examples send, for mail and for a model. */
export class ExampleServer extends N8nTestServer {
	/** Slack, LINE, Telegram and Google Sheets. */
	services!: ServiceRecorder;
	mailbox!: Mailbox;
	model!: ScriptedModel;
	/** Takes pictures of the emails, in the part `examples` only. */
	emailPictures?: EmailPictures;
	/** Credentials for the services, by type. */
	private readonly credentials: Record<string, { id: string; name: string }> = {};

	/** Starts n8n and the services, and creates the credentials for them. */
	override async launch(): Promise<void> {
		// Before n8n starts, which takes minutes.
		findChromium();
		this.services = await ServiceRecorder.start(this.script);
		const mailServer = await startMailServer(this.script);
		this.mailbox = new Mailbox(this.script, mailServer);
		this.model = await ScriptedModel.start();
		this.script.addCleanup(async () => await this.model.close());
		await super.launch(this.services.env);
		// Data as n8n stores it after a user's consent.
		const oauthTokenData = { access_token: SERVICE_TOKENS.google, token_type: 'Bearer' };
		const credentialData = {
			slackApi: { accessToken: SERVICE_TOKENS.slack },
			httpBearerAuth: { token: SERVICE_TOKENS.line },
			googleSheetsOAuth2Api: { clientId: 'client', clientSecret: 'secret', oauthTokenData },
			telegramApi: { accessToken: SERVICE_TOKENS.telegram, baseUrl: 'https://api.telegram.org' },
			smtp: mailServer.credentialData,
			httpBasicAuth: BASIC_AUTH,
			openAiApi: { apiKey: 'none', url: this.model.url },
		};
		for (const [type, data] of Object.entries(credentialData))
			this.credentials[type] = await this.rest.createCredential(type, type, data);
		this.credentials['mcp'] = await this.rest.createCredential('MCP', 'httpBearerAuth', { token: MCP_TOKEN });
	}

	/** Adds the hooks, and one that fails a test whose requests break a rule of a service. */
	override addHooks(): void {
		super.addHooks();
		afterEach(() => this.services.assertNoProblems());
	}

	/** Undoes what a test has changed, and removes what the services and the mail server have received. */
	override async reset(): Promise<void> {
		await super.reset();
		this.services.reset();
		await this.mailbox.clear();
	}

	/** Header with the user name and the password of `BASIC_AUTH`. */
	get basicAuthHeader(): Record<string, string> {
		const value = Buffer.from(`${BASIC_AUTH.user}:${BASIC_AUTH.password}`).toString('base64');
		return { authorization: `Basic ${value}` };
	}

	/**
	 * Stores an example as it is in examples/, and selects the credentials, as its note asks.
	 * @param change - Further changes to a node
	 */
	async prepareExample(id: string, change: (node: WorkflowNode) => void = () => undefined): Promise<void> {
		const stored = await this.rest.requestData<WorkflowDefinition>('GET', `workflows/${id}`);
		const example = this.instance.examples.find((candidate) => candidate.id === id);
		assert.ok(example, `There is no example ${id}`);
		// A test may have changed the stored nodes.
		const { nodes, connections } = structuredClone(example);
		for (const node of nodes) {
			for (const type of Object.keys(node.credentials ?? {})) {
				const isMcpServer = node.type === '@n8n/n8n-nodes-langchain.mcpTrigger';
				const selectedCredential = this.credentials[isMcpServer ? 'mcp' : type];
				if (selectedCredential) node.credentials = { ...node.credentials, [type]: selectedCredential };
			}
			change(node);
		}
		await this.rest.requestData('PATCH', `workflows/${id}`, { ...stored, nodes, connections });
	}

	/** Executes an example from a trigger, and asserts that it succeeds. */
	async executeExample(id: string, trigger: string): Promise<FinishedExecution> {
		return assertSucceeded(await this.rest.executeAndWait(id, trigger));
	}

	/**
	 * Waits until the trigger of a published example has stored the existing records.
	 * @param countBefore - Number of requests before the example was published
	 * @param operationId - Operation that the trigger sends last
	 */
	async waitForFirstPoll(countBefore: number, operationId: string): Promise<void> {
		await this.waitFor(`the trigger has sent ${operationId}`, () =>
			this.getApiRequests(countBefore).some((request) => request.operationId === operationId),
		);
		await this.waitFor('all responses were sent', () => this.sandbox.inFlight === 0);
		await sleep(STORE_MS);
	}

	/** Counts the requests since a request count, without token requests, by operation of the contract. */
	countRequests(startIndex: number): Record<string, number> {
		const counts: Record<string, number> = {};
		for (const { operationId = '' } of this.getApiRequests(startIndex))
			counts[operationId] = (counts[operationId] ?? 0) + 1;
		return counts;
	}

	/** Replaces all customers by these, in this order. */
	replaceCustomers(newCustomers: Array<[customerCode: string, customerName: string]>): void {
		const { customers } = this.sandbox.records;
		customers.records = [];
		for (const [customerCode, customerName] of newCustomers.toReversed())
			customers.create({ customerCode, customerName, customerType: 11300 });
	}

	/**
	 * Runs a workflow that n8n starts automatically and that fails, because GoFive does not know the customer NOPE.
	 * @param errorWorkflow - ID of the workflow that n8n then starts
	 */
	async runFailingWorkflow(name: string, errorWorkflow: string): Promise<void> {
		const nodes = [buildWebhookNode('failing'), buildGoFiveNode(customerEventsParameters('NOPE'))];
		const id = await this.rest.save(buildLinearWorkflow(name, nodes, { errorWorkflow }));
		await this.rest.publish(id);
		await this.callWebhook('failing', '{}');
		await this.rest.waitForNewestExecution(id);
	}

	/** Waits until an email was received. */
	async waitForEmail(): Promise<void> {
		await this.waitFor('an email was received', async () => await this.mailbox.hasEmails());
	}

	/** Takes the only email, and keeps a picture of it. */
	async takeOnlyEmail(pictureName: string): Promise<Email> {
		const [email, ...others] = await this.mailbox.takeEmails();
		assert.ok(email, 'There is no email');
		assert.deepEqual(others, []);
		await this.emailPictures?.take(pictureName, email);
		return email;
	}

	/** Lists the events of customers in a month as the rows that the examples write to a sheet. */
	listEventRows(customerCodes: string[], month: DateTime): string[][] {
		const { customerEvents, eventTypes } = this.sandbox.records;
		const range = { DateFrom: formatThaiTime(month), DateTo: formatThaiTime(month.endOf('month')) };
		return customerCodes.flatMap((customerCode) =>
			customerEvents
				.find({ customerCode, ...range })
				.map(({ eventId, eventDate, eventType, eventName, description, customerId }) =>
					[
						eventId,
						customerCode,
						String(eventDate).replace('+0700', '+07:00'),
						eventTypes.findBy('eventTypeId', eventType)?.['eventTypeName'],
						eventName,
						description ?? '',
						eventType,
						customerId,
					].map(String),
				),
		);
	}
}
