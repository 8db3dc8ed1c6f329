import type { Resource } from '../operation';
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

/** The resources, in the order in which a user sees them: by name, and Any Endpoint last. */
export const resources: Resource[] = [
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
	endpointResource,
];
