import dns from 'node:dns';

/** Makes the lookup of hosts below .invalid fail with a code until the mocks are restored. It uses no network. */
export function mockLookupFailure(code: string): void {
	const { lookup } = dns;
	jest.spyOn(dns, 'lookup').mockImplementation((host: string, ...rest: unknown[]) => {
		const notFound = Object.assign(new Error(`getaddrinfo ${code} ${host}`), { code, syscall: 'getaddrinfo' });
		if (host.endsWith('.invalid')) process.nextTick(rest.at(-1) as (error: Error) => void, notFound);
		else Reflect.apply(lookup, dns, [host, ...rest]);
	});
}
