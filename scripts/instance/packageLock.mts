/** A package in a lock file, as far as it is read here. */
export interface LockedPackage {
	version?: string;
	os?: string | string[];
	cpu?: string | string[];
	optional?: boolean;
	peer?: boolean;
	dependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
}

/** A package-lock.json. */
export interface PackageLock {
	packages: Record<string, LockedPackage>;
}

const allowsValue = (list: string | string[] | undefined, value: string): boolean => {
	const names = [list ?? []].flat();
	const allowedNames = names.filter((name) => !name.startsWith('!'));
	return !names.includes(`!${value}`) && (allowedNames.length === 0 || allowedNames.includes(value));
};

/** Whether npm installs the package on this machine's system. */
export const isForThisPlatform = ({ os, cpu }: LockedPackage): boolean =>
	allowsValue(os, process.platform) && allowsValue(cpu, process.arch);
