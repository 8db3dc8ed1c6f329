import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { RELEASES, type Release } from '../../scripts/start/releases.mts';
import type { Execution } from '../../scripts/start/rest.mts';
import type { Session } from '../../scripts/start/session.mts';
import type { NodeInput, Workflow } from '../../scripts/start/workflows.mts';
import { StandIns } from './standIns.mts';
import { Whole } from './whole.mts';

/** The example workflows that join GoFive with Slack, Google Sheets and forms, each as it is imported. */
export default function chaining(session: Session): void {
	for (const release of RELEASES) describe(release.pinned.title, () => inRelease(session, release));
}

function inRelease(session: Session, release: Release): void {
	let whole: Whole;
	let standIns: StandIns;
	before(async () => {
		standIns = await StandIns.start();
		session.onEnd(() => standIns.close());
		whole = await Whole.bringUp(session, release, standIns.env);
		const { google, slack } = standIns;
		for (const channel of ['customers', 'complaints']) slack.channels.add(channel);
		const credential = async (type: string, data: Record<string, unknown>): Promise<void> => {
			const made = await whole.rest.call<{ id: string }>('POST', 'credentials', { name: type, type, data });
			credentials[type] = { id: made.id, name: type };
		};
		await credential('slackApi', { accessToken: slack.token });
		// As n8n stores it after a person's consent; the access token has run out since.
		const oauthTokenData = { access_token: 'ya29.0', refresh_token: google.refreshToken, token_type: 'Bearer', expires_in: 3599 };
		await credential('googleSheetsOAuth2Api', { ...google.client, oauthTokenData });
	});
	after(async () => await (whole as Whole | undefined)?.stop());

	const credentials: Record<string, { id: string; name: string }> = {};
	/** Chooses the credentials in an imported example, as its note asks. @param change what else to set in a node */
	const prepare = async (id: string, change: (node: NodeInput) => void = () => undefined): Promise<void> => {
		const workflow = await whole.rest.call<Workflow>('GET', `workflows/${id}`);
		for (const node of workflow.nodes) {
			for (const type of Object.keys(node.credentials ?? {})) {
				const chosen = credentials[type];
				if (chosen) node.credentials = { [type]: chosen };
			}
			change(node);
		}
		await whole.rest.call('PATCH', `workflows/${id}`, workflow);
	};
	const run = async (id: string, trigger: string): Promise<Execution> => {
		const execution = await whole.rest.execute(id, trigger);
		assert.equal(execution.status, 'success', `${execution.error?.message} ${execution.error?.description}`);
		return execution;
	};
	/** Messages posted since the last time. */
	const posted = (): Array<{ channel: string; text: string }> => standIns.slack.posted.splice(0);
	const thai = (): DateTime => DateTime.now().setZone('Asia/Bangkok');
	/** A new event in the sandbox. */
	const event = (customerCode: string, date: DateTime, eventName: string, eventType = 1, description = ''): number =>
		whole.sandbox.store.createEvent({ customerCode, eventDate: date.toFormat("yyyy-MM-dd'T'HH:mm:ss"), eventName, eventType, description }).eventId;

	test('complaints are told in Slack, other new events are not', async () => {
		const id = 'new-complaint-to-slack';
		await prepare(id, ({ type, parameters }) => {
			if (type === 'n8n-nodes-gofive.goFiveTrigger') parameters['pollTimes'] = { item: [{ mode: 'everyMinute' }] };
		});
		event('C000055', thai(), 'An old complaint', 7);
		const count = whole.count;
		await whole.rest.publish(id);
		// n8n publishes before it polls for the first time, which takes note of what is there.
		const noted = (): number => whole.received(count).filter(({ operationId, status }) => operationId === 'getCustomerEvents' && status === 200).length;
		await whole.until('the trigger has read both customers', () => noted() >= 2);
		const now = thai();
		event('C000055', now, 'Visit');
		event('C000154', now, 'สินค้าเสียหาย <3 กล่อง>', 7, 'ลูกค้าขอเปลี่ยน & คืนเงิน');
		const { status, error } = await whole.rest.newest(id);
		await whole.rest.unpublish(id);
		assert.equal(status, 'success', error?.message);
		const text = `:rotating_light: *New complaint of customer C000154*\n${now.toFormat('d LLL yyyy, HH:mm')}\nสินค้าเสียหาย &lt;3 กล่อง&gt;\nลูกค้าขอเปลี่ยน &amp; คืนเงิน`;
		assert.deepEqual(posted(), [{ channel: '#complaints', text }]);
	});

	test('the events of last month become rows, and a second run adds the new ones only', async () => {
		const id = 'events-of-last-month-to-sheet';
		const { google } = standIns;
		await prepare(id);
		// What a sheet would take for a number or a formula if it were typed.
		const codes = ['C000201', '00055', 'ลูกค้า 1', '=A1'];
		const month = thai().minus({ months: 1 }).startOf('month');
		for (const code of ['00055', '=A1']) whole.sandbox.store.addCustomer(code);
		const first = event('00055', month, '=SUM(1,2)', 3, 'ฝนตก, "น้ำท่วม"\nสาย 10 นาที');
		event('=A1', month.endOf('month'), '+66 2 123 4567');
		event('=A1', month.minus({ seconds: 1 }), 'The month before');
		const expected = () =>
			codes.flatMap((code) =>
				whole.sandbox.store
					.findEvents(code, { from: month.toFormat("yyyy-MM-dd'T'HH:mm:ss"), to: month.endOf('month').toFormat("yyyy-MM-dd'T'HH:mm:ss") })
					.map((each) => [
						String(each.eventId),
						code,
						each.eventDate.replace('+0700', '+07:00'),
						whole.sandbox.store.eventTypes.find(({ eventTypeId }) => eventTypeId === each.eventType)?.eventTypeName,
						each.eventName,
						each.description ?? '',
						String(each.eventType),
						String(each.customerId),
					]),
			);
		const columns = ['eventId', 'customerCode', 'eventDate', 'eventTypeName', 'eventName', 'description', 'eventType', 'customerId'];
		// A row without a code between them, a code that is a number with a format of its own, and codes that stand twice.
		google.fill('Customers', [['customerCode', 'customerName'], ['C000201', 'Lanna'], [{ value: 55, shown: '00055' }], [], ['ลูกค้า 1'], ['=A1'], ['C000201', 'Again'], ['00055']]);
		google.fill('Events', [['eventId']]);
		await run(id, 'On the first of each month');
		const [head, ...rows] = google.shown('Events');
		assert.deepEqual(head, columns);
		assert.deepEqual(rows, expected());
		assert.ok(rows.length >= 4, `${rows.length} rows`);

		await run(id, 'On the first of each month');
		assert.deepEqual(google.shown('Events').slice(1), rows);
		Object.assign(whole.sandbox.store.updateEvent(first, { eventName: 'Changed' }), { description: null });
		const added = event('00055', month.plus({ days: 3 }), 'นัดใหม่');
		await run(id, 'On the first of each month');
		const byId = (list: unknown[][]): unknown[][] => list.toSorted((one, other) => Number(one[0]) - Number(other[0]));
		assert.deepEqual(byId(google.shown('Events').slice(1)), byId(expected()));
		assert.equal(google.shown('Events').at(-1)?.[0], String(added));
	});

	test("yesterday's events become one Slack message per customer", async () => {
		const id = 'events-of-yesterday-to-slack';
		await prepare(id);
		const [first = '', second = '', third = ''] = whole.sandbox.store.seedCustomers(3, 0, 'A&B');
		standIns.google.fill('Customers', [['customerCode', 'customerName'], [first, 'Fish & Chips'], [second, 'บริษัท สยาม จำกัด'], [third], [first, 'Again']]);
		const yesterday = thai().minus({ days: 1 }).startOf('day');
		event(first, yesterday.plus({ hours: 15 }), 'โทรติดตาม <ด่วน>', 3);
		event(first, yesterday, 'Midnight call', 2);
		event(first, yesterday.minus({ seconds: 1 }), 'The day before');
		event(second, yesterday.minus({ days: 7 }), 'The week before');
		event(third, yesterday.endOf('day'), 'Last second');
		event(third, yesterday.plus({ days: 1 }), 'Today');
		await run(id, 'Every morning');
		assert.deepEqual(posted(), [
			{ channel: '#customers', text: '*Fish &amp; Chips*\n00:00  Phone Call: Midnight call\n15:00  โทรติดตามลูกค้า: โทรติดตาม &lt;ด่วน&gt;' },
			{ channel: '#customers', text: '*A&amp;B0003*\n23:59  Meeting: Last second' },
		]);
	});

	test('customers without any event in 30 days become a list', async () => {
		const id = 'customers-without-events-to-slack';
		await prepare(id);
		const [first = '', second = '', third = ''] = whole.sandbox.store.seedCustomers(3, 2, 'QUIET');
		standIns.google.fill('Customers', [['customerCode', 'customerName'], [first, 'ร้านทอง <สาขา 2>'], [second, 'Busy'], [third], [first, 'Again']]);
		event(second, thai().minus({ days: 20 }), 'Call');
		event(third, thai().minus({ days: 35 }), 'Too long ago');
		await run(id, 'Every Monday');
		const text = `*No event in the last 30 days: 2*\n• ${first}  ร้านทอง &lt;สาขา 2&gt;\n• ${third}`;
		assert.deepEqual(posted(), [{ channel: '#customers', text }]);
		event(first, thai(), 'Call');
		event(third, thai(), 'Call');
		await run(id, 'Every Monday');
		assert.deepEqual(posted(), []);
	});

	describe('a form', () => {
		const id = 'form-to-customer-event';
		before(async () => {
			await prepare(id);
			await whole.rest.publish(id);
		});
		after(async () => await whole.rest.unpublish(id));
		/** Fills in the form and sends it, as the browser does: lines end with CR and LF then. */
		const send = async (...answers: string[]): Promise<Response> => {
			const address = `${whole.url}/form/new-customer-event`;
			// n8n publishes before it listens.
			for (let left = 50; left > 0 && !(await fetch(address)).ok; left--) await sleep(100);
			const body = new FormData();
			for (const [index, answer] of answers.entries()) body.append(`field-${index}`, answer);
			return await fetch(address, { method: 'POST', body });
		};

		test('creates the event that was filled in', async () => {
			const answer = await send('C000412', 'โทรติดตามลูกค้า', 'โทร "ด่วน" & นัดหมาย', '2027-01-05', '9.30', 'บรรทัด 1\nline 2');
			assert.equal(answer.status, 200, await answer.text());
			const { status, error } = await whole.rest.newest(id, 1);
			assert.equal(status, 'success', error?.message);
			const { customerCode, eventName, eventType, eventDate, description } = whole.sandbox.store.events.find(({ eventName }) => eventName.startsWith('โทร "')) ?? {};
			assert.deepEqual([customerCode, eventName, eventType, eventDate, description], ['C000412', 'โทร "ด่วน" & นัดหมาย', 3, '2027-01-05T09:30:00+0700', 'บรรทัด 1\r\nline 2']);
		});

		test('needs neither time nor description', async () => {
			assert.equal((await send('C000412', 'Meeting', 'Bare', '2027-01-06', '', '')).status, 200);
			const { status, error } = await whole.rest.newest(id, 2);
			assert.equal(status, 'success', error?.message);
			assert.equal(whole.sandbox.store.events.find(({ eventName }) => eventName === 'Bare')?.eventDate, '2027-01-06T09:00:00+0700');
		});

		test('creates nothing for a type that the company does not have, and says so', async () => {
			const count = whole.sandbox.store.events.length;
			const answer = await send('C000412', 'No such type', 'Lost', '2027-01-07', '', '');
			assert.notEqual(answer.status, 200);
			const { status, error } = await whole.rest.newest(id, 3);
			assert.equal(status, 'error');
			assert.match(error?.message ?? '', /Event Type/u);
			assert.equal(whole.sandbox.store.events.length, count);
		});
	});

	test('a name that exists does not hold up the other answers of a form, and a known customer stays as it is', async () => {
		const before = whole.count;
		const body = { data: null, status: { code: '1001', description: 'Customer name already exists' } };
		whole.sandbox.addFault({ match: { operationId: 'upsertCustomer' }, answer: { status: 400, body } });
		const { items } = await run('customers-of-a-form', 'When you press Execute workflow');
		assert.deepEqual(items('To check').map(({ name }) => name), ['Lanna Coffee Roasters']);
		assert.match(String(items('To check')[0]?.['check']), /already exists/u);
		const sent = whole.received(before).filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body) as Record<string, unknown>);
		assert.deepEqual(sent.flatMap(({ customerName }) => customerName ?? []), ['Lanna Coffee Roasters', 'Isan Rice Mill']);
		assert.deepEqual(sent.flatMap(({ AnswerBy }) => AnswerBy ?? []).sort(), ['Chao Phraya Trading Co., Ltd.', 'Isan Rice Mill']);
	});

	test('the products of sales orders become rows, anew each time', async () => {
		const id = 'sales-orders-to-sheet';
		const { google } = standIns;
		await prepare(id);
		google.fill('Orders', [['salesOrderNo'], ['SO24090001']]);
		google.fill('Lines', [['Old'], ['row'], ['row'], ['row']]);
		const rows = (): unknown[][] => google.shown('Lines').map((row) => [row[0], row[3], row[4], row[5], row[12]]);
		const expected = [
			['salesOrderNo', 'productCode', 'productName', 'qty', 'totalPrice'],
			['SO24090001', 'PD002', 'Example', '2', '1600'],
			['SO24090001', 'PD003', 'ของแถม', '1', '0'],
		];
		await run(id, 'When you press Execute workflow');
		assert.deepEqual(rows(), expected);
		await run(id, 'When you press Execute workflow');
		assert.deepEqual(rows(), expected);
		google.fill('Orders', [['salesOrderNo'], ['SO24090001'], ['NOPE']]);
		const { status, error } = await whole.rest.execute(id, 'When you press Execute workflow');
		assert.equal(status, 'error');
		assert.match(`${error?.message} ${error?.description}`, /NOPE/u);
		assert.deepEqual(rows(), expected);
	});

	test('stock levels reach GoFive in one call, and each row says what became of it', async () => {
		const id = 'stock-of-sheet-to-venio';
		const { google } = standIns;
		await prepare(id);
		google.fill('Stock', [['productCode', 'name', 'qty', 'result'], ['A001', 'น้ำ', 20, 'Check: of last time'], ['NOPE', '', 5], [], [1001, '', 0], ['A002', 'ไม่มีจำนวน', '']]);
		const before = whole.count;
		await run(id, 'When you press Execute workflow');
		const sent = whole.received(before).map(({ body }) => JSON.parse(body) as unknown);
		assert.deepEqual(sent, [[{ productCode: 'A001', qty: 20 }, { productCode: 'NOPE', qty: 5 }, { productCode: '1001', qty: 0 }]]);
		const [, first, second, empty, third, fourth] = google.shown('Stock');
		const done = new RegExp(`^Updated ${thai().toFormat('d LLL yyyy')}, \\d\\d:\\d\\d$`, 'u');
		assert.deepEqual([first?.slice(0, 3), empty, fourth?.slice(0, 3)], [['A001', 'น้ำ', '20'], [], ['A002', 'ไม่มีจำนวน', '']]);
		for (const row of [first, third]) assert.match(String(row?.[3]), done);
		assert.match(String(second?.[3]), /^Check: .*NOPE/u);
		assert.match(String(fourth?.[3]), /^Check: .*Quantity/u);
	});

	test('Google and Slack had nothing to refuse but the token that had run out, and nothing left this machine', () => {
		assert.deepEqual(standIns.complaints.map((complaint) => complaint.replace(/^.*: /u, '')), ['Request had invalid authentication credentials.']);
	});
}
