import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../nodes/GoFive/api/client';
import type { ApiRequest } from '../../nodes/GoFive/api/request';
import { completeValues } from '../../nodes/GoFive/operation/reading/buildRequest';
import { readAll } from '../../nodes/GoFive/operation/reading/readAll';
import { getAll as getAllCustomers } from '../../nodes/GoFive/resources/customer/getAll';
import { getAll as getAllCustomerEvents } from '../../nodes/GoFive/resources/customerEvent/getAll';

const buildCustomers = (count: number) =>
	Array.from({ length: count }, (_, index): IDataObject => ({ customerCode: `C${index}` }));

/** Responds to each request for customers with the same ones, and to each request for their events with none. */
function buildClient(customers: IDataObject[]): Client {
	const send = async ({ path }: ApiRequest) => await Promise.resolve(path === '/v1/Customers/Enquiry' ? customers : []);
	const toError = (error: unknown) => error;
	return { send, toError } as unknown as Client;
}

// A server that ignores skip and returns a multiple of 50 customers may have more.
test.each([
	[49, undefined],
	[50, { records: 50, pluralName: 'customers' }],
])('one request per customer, %i customers in every response; may have more: %j', async (count, mayHaveMore) => {
	const values = completeValues(getAllCustomerEvents, { include: 'customersWithoutEvents' });
	const result = await readAll(getAllCustomerEvents, values, buildClient(buildCustomers(count)));
	expect(result.rows).toHaveLength(count);
	expect(result.mayHaveMore).toEqual(mayHaveMore);
});

test.each([
	['both states completely', 10, 4],
	['the first of two states as far as the limit', 2, undefined],
])('reads %s, %i at most: the total is %s', async (_, limit, total) => {
	const customersByState: Record<string, IDataObject[]> = { 11300: buildCustomers(3), 11100: [{ customerCode: 'P1' }] };
	const send = async ({ body }: ApiRequest) => {
		const { customerType, skip, pageLength } = body as { customerType: number; skip: number; pageLength: number };
		return await Promise.resolve(customersByState[customerType]?.slice(skip, skip + pageLength));
	};
	const values = completeValues(getAllCustomers, { customerStateIds: [11300, 11100] });
	const result = await readAll(getAllCustomers, values, { send } as unknown as Client, { limit });
	expect(result.total).toBe(total);
});
