import type { Resource } from '../operation/types';
import { customerEvent } from './customerEvent';

/** The resources, in the order in which a user sees them. */
export const resources: Resource[] = [customerEvent];
