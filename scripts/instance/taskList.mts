/**
 * Options of every task list. A terminal that reports no width gets plain lines, because the default renderer would wrap
 * its lines after each letter. Signals are handled by the script.
 */
export const TASK_LIST_OPTIONS = {
	registerSignalListeners: false,
	fallbackRendererCondition: () => !process.stdout.columns,
};
