import type { Resource } from '../operation/types';
import { customerEvent } from './customerEvent';
import { endpoint } from './endpoint';

/** The resources, in the order in which a user sees them: by name, and Any Endpoint last. */
export const resources: Resource[] = [customerEvent, endpoint];
