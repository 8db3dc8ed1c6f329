import { Socket } from 'node:net';
import type { Sandbox } from '../../sandbox/index.mts';

/** What a connection tells when nothing has come over it for as long as a request may be silent: no test waits so long. */
export function goSilent(connection: Socket): void {
	connection.emit('timeout');
}

/**
 * Hands out the client's connection of every request that the sandbox never answers, once it is the newest request, so
 * that it ends when the sandbox has it, however slow the machine is. For runs that send one request after the other.
 * Returns how to undo it.
 */
export function whenHanging({ requests }: Sandbox, act: (connection: Socket) => void): () => void {
	const connections: Socket[] = [];
	const { connect } = Socket.prototype;
	const spy = jest.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...rest: unknown[]) {
		connections.push(this);
		return Reflect.apply(connect, this, rest) as Socket;
	});
	let last: Sandbox['requests'][number] | undefined;
	const timer = setInterval(() => {
		const newest = requests.at(-1);
		const connection = connections.at(-1);
		if (newest?.fault !== 'hang' || newest === last || !connection) return;
		last = newest;
		act(connection);
	}, 1);
	return () => {
		clearInterval(timer);
		spy.mockRestore();
	};
}
