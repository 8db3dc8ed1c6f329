import { output } from '../../operation/fields/output';
import { id, text } from '../../operation/fields/simple';
import { operation, type Entity } from '../../operation/types';

/** A chat message. The data of the answer was not seen, so these are what was sent, unless GoFive says otherwise. */
const message: Entity = {
	plural: 'chat messages',
	columns: {
		roomId: { name: 'Room ID', type: 'text', always: true },
		content: { name: 'Message', type: 'text', always: true },
		platform: { name: 'Platform', type: 'text', always: true },
		type: { name: 'Type', type: 'text', always: true },
		companyId: { name: 'Company ID', type: 'integer', always: true },
	},
};

/** POST /v1/chat/message (page api-18351108, which GoFive marks as developing). */
export const sendMessage = operation({
	name: 'Send Message',
	value: 'sendMessage',
	action: 'Send chat message',
	description: 'Write a message to a customer in a chat room. GoFive is still developing this part of its API.',
	effect: 'write',
	fields: {
		roomId: text('Room ID', {
			required: true,
			placeholder: 'e.g. 00000000-0000-4000-8000-000000000001',
			description: "ID of the chat room; GoFive's webhook about a chat message holds it as RoomId",
		}),
		companyId: id(
			'Company ID',
			{
				required: true,
				placeholder: 'e.g. 1001',
				description: 'ID of your own company at GoFive; ask GoFive for it if no other answer holds it as companyId',
			},
			'Give the ID of your company at GoFive, a whole number.',
		),
		content: text('Message', { required: true, typeOptions: { rows: 3 }, description: 'Text to send' }),
		platform: text('Platform', {
			required: true,
			default: 'line',
			description: 'Where the room is; line is the only value that the page of GoFive shows',
		}),
		type: text('Type', {
			required: true,
			default: 'message',
			description: 'What is sent; message is the only value that the page of GoFive shows',
		}),
		output: output(message),
	},
	entity: message,
	record: 'roomId',
	request: (_, body) => ({ method: 'POST', path: '/v1/chat/message', body }),
});
