import { Socket } from 'node:net';
import type { Sandbox } from '../../sandbox/index.mts';

/** Emits the socket timeout of a connection, for which no test waits in real time. */
export function emitSocketTimeout(connection: Socket): void {
	connection.emit('timeout');
}

/**
 * Calls back with the client's connection of every request without a response, once it is the newest request.
 * The test can then end the connection at a defined moment, independently of the speed of the machine.
 * Only for executions that send one request at a time.
 * @returns a function that restores the sockets
 */
export function onHangingRequest({ requestLog }: Sandbox, handleConnection: (connection: Socket) => void): () => void {
	const connections: Socket[] = [];
	const { connect: originalConnect } = Socket.prototype;
	const connectSpy = jest.spyOn(Socket.prototype, 'connect').mockImplementation(function (
		this: Socket,
		...connectArguments: unknown[]
	) {
		connections.push(this);
		return Reflect.apply(originalConnect, this, connectArguments) as Socket;
	});
	let lastHandledRequest: Sandbox['requestLog'][number] | undefined;
	const timer = setInterval(() => {
		const newestRequest = requestLog.at(-1);
		const connection = connections.at(-1);
		if (newestRequest?.fault !== 'hang' || newestRequest === lastHandledRequest || !connection) return;
		lastHandledRequest = newestRequest;
		handleConnection(connection);
	}, 1);
	return () => {
		clearInterval(timer);
		connectSpy.mockRestore();
	};
}
