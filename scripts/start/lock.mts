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
export interface Lock {
	packages: Record<string, LockedPackage>;
}

const allows = (list: string | string[] | undefined, value: string): boolean => {
	const names = [list ?? []].flat();
	const wanted = names.filter((name) => !name.startsWith('!'));
	return !names.includes(`!${value}`) && (wanted.length === 0 || wanted.includes(value));
};

/** Whether npm installs the package on this machine's system. */
export const fitsMachine = ({ os, cpu }: LockedPackage): boolean =>
	allows(os, process.platform) && allows(cpu, process.arch);
