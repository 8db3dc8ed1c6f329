import fastify, { type FastifyInstance } from 'fastify';

/** Tool call of the model. */
export interface ToolCall {
	name: string;
	args: Record<string, unknown>;
}

/** Tool as the model sees it. */
export interface OfferedTool {
	name: string;
	description?: string;
	parameters: { properties?: Record<string, { type?: string }>; required?: string[] };
}

interface ChatCompletionRequest {
	messages: Array<{ role: string; content: string; tool_call_id?: string }>;
	tools?: Array<{ function: OfferedTool }>;
}

/** Local model with OpenAI's chat completions API. It makes the tool calls of a script, one per response. */
export class ScriptedModel {
	/** Tools of the last request. */
	offeredTools: OfferedTool[] = [];
	/** System message of the last request. */
	systemMessage = '';
	/** Message of the user in the last request. */
	userMessage = '';
	/** Results of the tool calls, in the order of the script. */
	toolResults: string[] = [];
	/** Text after the tool calls. */
	reply = '';
	private script: ToolCall[] = [];
	private completionCount = 0;

	private constructor(private readonly server: FastifyInstance) {
		server.post<{ Body: ChatCompletionRequest }>('/v1/chat/completions', ({ body }) => this.answer(body));
	}

	static async start(): Promise<ScriptedModel> {
		const model = new ScriptedModel(fastify({ forceCloseConnections: true }));
		await model.server.listen({ host: '127.0.0.1', port: 0 });
		return model;
	}

	get url(): string {
		return `${this.server.listeningOrigin}/v1`;
	}

	/** Sets the tool calls of the next conversation, and the reply after them. */
	setScript(script: ToolCall[], reply = 'Done.'): void {
		this.script = script;
		this.reply = reply;
		this.completionCount = 0;
		this.offeredTools = [];
		this.toolResults = [];
	}

	async close(): Promise<void> {
		await this.server.close();
	}

	private answer({ messages, tools = [] }: ChatCompletionRequest): object {
		this.offeredTools = tools.map(({ function: tool }) => tool);
		this.systemMessage = messages.find(({ role }) => role === 'system')?.content ?? '';
		this.userMessage = messages.find(({ role }) => role === 'user')?.content ?? '';
		for (const { tool_call_id: id = '', role, content } of messages)
			if (role === 'tool') this.toolResults[Number(id.slice('call_'.length))] = content;
		const callIndex = this.completionCount++;
		const call = this.script[callIndex];
		const message = call
			? {
					content: null,
					tool_calls: [
						{
							id: `call_${callIndex}`,
							type: 'function',
							function: { name: call.name, arguments: JSON.stringify(call.args) },
						},
					],
				}
			: { content: this.reply };
		return {
			id: `answer-${callIndex}`,
			object: 'chat.completion',
			created: 0,
			model: 'scripted',
			choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: call ? 'tool_calls' : 'stop' }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	}
}
