import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';
import type * as Jscpd from 'jscpd';

const require = createRequire(import.meta.url);
// As an ES module jscpd does not load: it imports names from a CommonJS library that Node cannot see.
const { detectClonesAndStatistic } = require('jscpd') as typeof Jscpd;

/**
 * Duplicated lines below nodes/ and credentials/, found by jscpd (50 tokens, 5 lines).
 * @returns per cent of all lines, and where the copies stand.
 */
export async function findDuplicates(): Promise<{ percent: number; locations: string[] }> {
	const { clones, statistic } = await detectClonesAndStatistic({
		path: ['nodes', 'credentials'],
		format: ['typescript'],
		minTokens: 50,
		minLines: 5,
		absolute: false,
		silent: true,
		reporters: [],
	});
	const formatRange = (occurrence: (typeof clones)[number]['duplicationA']) =>
		`${path.relative('.', occurrence.sourceId)}:${occurrence.start.line}-${occurrence.end.line}`;
	return {
		percent: statistic.total.percentage,
		locations: clones.map(
			({ duplicationA, duplicationB }) => `${formatRange(duplicationA)} = ${formatRange(duplicationB)}`,
		),
	};
}

/** A node as it was built: its file below dist/, its class and its description. */
interface BuiltNode {
	file: string;
	name: string;
	description: INodeTypeDescription;
}

/** The nodes that package.json names. @throws when one is not built, or its file exports another class */
export async function loadBuiltNodes(): Promise<BuiltNode[]> {
	const { n8n } = JSON.parse(await readFile('package.json', 'utf8')) as { n8n: { nodes: string[] } };
	return n8n.nodes.map((file) => {
		const name = path.basename(file).split('.')[0] ?? '';
		const classes = require(path.resolve(file)) as Record<string, new () => { description: INodeTypeDescription }>;
		const NodeClass = classes[name];
		if (!NodeClass) throw new Error(`${file} exports no class ${name}`);
		return { file, name, description: new NodeClass().description };
	});
}
