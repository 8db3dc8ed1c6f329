/** Resolves once `met` holds; looked at again and again, so that nothing depends on how fast a machine is. */
export async function until(met: () => boolean): Promise<void> {
	while (!met()) await new Promise((resolve) => setTimeout(resolve, 1));
}
