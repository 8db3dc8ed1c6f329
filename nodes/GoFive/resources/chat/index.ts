import type { DataResource } from '../../operation';
import { sendMessage } from './sendMessage';

export const chatResource: DataResource = {
	name: 'Chat',
	value: 'chat',
	description: 'A chat with a customer, for example on LINE',
	defaultOperation: sendMessage.value,
	operations: [sendMessage],
};
