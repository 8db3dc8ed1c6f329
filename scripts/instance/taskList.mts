/**
 * Options of every task list. Signals are handled by the script. A terminal that reports no width gets plain lines,
 * because the default renderer would wrap them after each letter.
 */
export const TASK_LIST_OPTIONS = {
	registerSignalListeners: false,
	fallbackRendererCondition: () => !process.stdout.columns,
};
