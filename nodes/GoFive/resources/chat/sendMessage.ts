import { defineWrite, id, knownOptions, multilineText, output, text, toOptions, type Entity } from '../../operation';
import { withLookupLink } from '../sharedFields';

/** A chat message. No response has been seen, so the columns are the fields of the request. */
const messageEntity: Entity = {
	pluralName: 'chat messages',
	columns: {
		roomId: { displayName: 'Room ID' },
		content: { displayName: 'Message' },
		platform: { displayName: 'Platform' },
		type: { displayName: 'Type' },
		companyId: { displayName: 'Company ID', type: 'integer' },
	},
};

/**
 * Sends a chat message: `POST /v1/chat/message`. GoFive marks the page as under development.
 * @see https://developer.gofive.co.th/api-18351108
 */
export const sendMessage = defineWrite({
	name: 'Send Message',
	value: 'sendMessage',
	action: 'Send chat message',
	description:
		'Send a message to a customer in a chat room. GoFive marks this operation as "Developing", so it may change.',
	fields: {
		roomId: text(
			'Room ID',
			withLookupLink('ID of the chat room', "GoFive's webhook for a chat message probably contains it"),
			{
				required: true,
				example: '00000000-0000-4000-8000-000000000001',
			},
		),
		companyId: id(
			'Company ID',
			withLookupLink(
				'ID of your company in GoFive',
				"The field companyId of Employee > Get probably contains it, with 'Raw' in 'Output'",
			),
			{ required: true, example: '1001' },
		),
		content: multilineText('Message', 'Text of the message', { required: true }),
		platform: knownOptions('Platform', 'Chat platform of the room', toOptions({ LINE: 'line' }), {
			required: true,
			default: 'line',
		}),
		type: knownOptions('Type', 'Type of the message', toOptions({ Message: 'message' }), {
			required: true,
			default: 'message',
		}),
		output: output(messageEntity),
	},
	idField: 'roomId',
	request: (_values, body) => ({ method: 'POST', path: '/v1/chat/message', body }),
});
