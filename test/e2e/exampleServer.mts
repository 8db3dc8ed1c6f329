import { DateTime } from 'luxon';
import type { Sandbox } from '../../sandbox/sandboxTypes.mts';
import type { N8nRelease } from '../../scripts/instance/n8nReleases.mts';
import type { FinishedExecution } from '../../scripts/instance/restClient.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import type { WorkflowDefinition, WorkflowNode } from '../../scripts/instance/workflowBuilder.mts';
import type { EditorRestClient } from './editorRestClient.mts';
import type { FakeGoogleSheets } from './fakeGoogleSheets.mts';
import type { FakeLine, LineMessage } from './fakeLine.mts';
import { FakeServices } from './fakeServices.mts';
import type { SlackMessage } from './fakeSlack.mts';
import { assertSucceeded, N8nTestServer } from './n8nTestServer.mts';

/** Format of dates in the sandbox, in Thai time. */
const STORED_DATE_FORMAT = "yyyy-MM-dd'T'HH:mm:ss";

export const getBangkokNow = (): DateTime => DateTime.now().setZone('Asia/Bangkok');
export const getLastMonth = (): DateTime => getBangkokNow().minus({ months: 1 }).startOf('month');

/** n8n server with the example workflows, and local Slack, LINE and Google instead of the real ones. */
export class ExampleServer {
	private constructor(
		readonly n8nServer: N8nTestServer,
		private readonly fakeServices: FakeServices,
		/** Credentials for the services, by type. */
		private readonly credentials: Record<string, { id: string; name: string }>,
	) {}

	/** Starts n8n and the services, and creates the credentials for them. */
	static async launch(script: ScriptContext, release: N8nRelease): Promise<ExampleServer> {
		const fakeServices = await FakeServices.start(script);
		const n8nServer = await N8nTestServer.launch(script, release, fakeServices.env);
		const { google, slack, line } = fakeServices;
		for (const channel of ['customers', 'complaints', 'sales', 'stock']) slack.channels.add(channel);
		// Data as n8n stores it after a user's consent, with an expired access token.
		const oauthTokenData = {
			access_token: 'ya29.0',
			refresh_token: google.refreshToken,
			token_type: 'Bearer',
			expires_in: 3599,
		};
		const credentialData = {
			slackApi: { accessToken: slack.token },
			httpBearerAuth: { token: line.token },
			googleSheetsOAuth2Api: { ...google.client, oauthTokenData },
		};
		const credentials: Record<string, { id: string; name: string }> = {};
		for (const [type, data] of Object.entries(credentialData))
			credentials[type] = await n8nServer.rest.createCredential(type, type, data);
		return new ExampleServer(n8nServer, fakeServices, credentials);
	}

	get rest(): EditorRestClient {
		return this.n8nServer.rest;
	}

	get sandbox(): Sandbox {
		return this.n8nServer.sandbox;
	}

	get google(): FakeGoogleSheets {
		return this.fakeServices.google;
	}

	get line(): FakeLine {
		return this.fakeServices.line;
	}

	/**
	 * Selects the credentials in an imported example, as its note asks.
	 * @param change - Further changes to a node
	 */
	async assignCredentials(id: string, change: (node: WorkflowNode) => void = () => undefined): Promise<void> {
		const workflow = await this.rest.requestData<WorkflowDefinition>('GET', `workflows/${id}`);
		for (const node of workflow.nodes) {
			for (const type of Object.keys(node.credentials ?? {})) {
				const selectedCredential = this.credentials[type];
				if (selectedCredential) node.credentials = { [type]: selectedCredential };
			}
			change(node);
		}
		await this.rest.requestData('PATCH', `workflows/${id}`, workflow);
	}

	/** Executes an example from a trigger, and asserts that it succeeds. */
	async execute(id: string, trigger: string): Promise<FinishedExecution> {
		return assertSucceeded(await this.rest.executeAndWait(id, trigger));
	}

	/** Returns the messages posted to Slack since the last call. */
	takePostedMessages(): SlackMessage[] {
		return this.fakeServices.slack.postedMessages.splice(0);
	}

	/** Returns the messages pushed by LINE since the last call. */
	takePushedMessages(): LineMessage[] {
		return this.line.pushedMessages.splice(0);
	}

	/**
	 * Creates an event in the sandbox.
	 * @returns its ID
	 */
	createEvent(customerCode: string, date: DateTime, eventName: string, eventType = 1, description = ''): number {
		const eventDate = date.toFormat(STORED_DATE_FORMAT);
		const { store } = this.sandbox;
		return store.createEvent({ customerCode, eventDate, eventName, eventType, description }).eventId;
	}

	/** Lists the events of customers in a month as the rows that the examples write to a sheet. */
	listEventRows(customerCodes: string[], month: DateTime): string[][] {
		const { store } = this.sandbox;
		const range = { from: month.toFormat(STORED_DATE_FORMAT), to: month.endOf('month').toFormat(STORED_DATE_FORMAT) };
		const typeNames = new Map<number, string>(store.eventTypes.map((type) => [type.eventTypeId, type.eventTypeName]));
		return customerCodes.flatMap((code) =>
			store
				.findEvents(code, range)
				.map(({ eventId, eventDate, eventType, eventName, description, customerId }) => [
					String(eventId),
					code,
					eventDate.replace('+0700', '+07:00'),
					typeNames.get(eventType) ?? '',
					eventName,
					description ?? '',
					String(eventType),
					String(customerId),
				]),
		);
	}

	/** Lists what the services rejected, without the places. */
	listViolations(): string[] {
		return this.fakeServices.violations.map((violation) => violation.replace(/^.*: /u, ''));
	}
}
