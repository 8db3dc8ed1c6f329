import type { Resource } from '../operation';
import { activity } from './activity';
import { caseResource } from './case';
import { chat } from './chat';
import { contract } from './contract';
import { customer } from './customer';
import { customerEvent } from './customerEvent';
import { deal } from './deal';
import { employee } from './employee';
import { endpoint } from './endpoint';
import { expense } from './expense';
import { product } from './product';
import { quotation } from './quotation';
import { salesOrder } from './salesOrder';

/** The resources, in the order in which a user sees them: by name, and Any Endpoint last. */
export const resources: Resource[] = [
	activity,
	caseResource,
	chat,
	contract,
	customer,
	customerEvent,
	deal,
	employee,
	expense,
	product,
	quotation,
	salesOrder,
	endpoint,
];
