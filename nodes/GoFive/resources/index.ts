/**
 * Resources of the node. Each folder has an `index.ts` and a file per operation: data that describes requests.
 * Imported by the node files and the trigger. Nothing here sends a request.
 * Start with `quotation/upsert.ts` for an operation and `quotation/entity.ts` for its columns.
 */
import type { DataResource, Resource } from '../operation';
import { createAccountResource } from './account';
import { activityResource } from './activity';
import { caseResource } from './case';
import { chatResource } from './chat';
import { contractResource } from './contract';
import { customerResource } from './customer';
import { customerEventResource } from './customerEvent';
import { dealResource } from './deal';
import { employeeResource } from './employee';
import { endpointResource } from './endpoint';
import { expenseResource } from './expense';
import { productResource } from './product';
import { quotationResource } from './quotation';
import { salesOrderResource } from './salesOrder';

/** Resources of GoFive's data, by name. */
const dataResources: DataResource[] = [
	activityResource,
	caseResource,
	chatResource,
	contractResource,
	customerResource,
	customerEventResource,
	dealResource,
	employeeResource,
	expenseResource,
	productResource,
	quotationResource,
	salesOrderResource,
];

/** All resources in the order of the form: those of the data, then Account and Any Endpoint. */
export const resources: Resource[] = [...dataResources, createAccountResource(dataResources), endpointResource];
