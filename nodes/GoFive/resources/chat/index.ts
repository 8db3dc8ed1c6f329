import type { Resource } from '../../operation';
import { sendMessage } from './sendMessage';

export const chatResource: Resource = {
	name: 'Chat',
	value: 'chat',
	description: 'Chats with customers, for example in LINE',
	defaultOperation: sendMessage.value,
	operations: [sendMessage],
};
