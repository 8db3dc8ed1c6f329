import { mapInLanes } from '../../nodes/GoFive/shared/lanes';

test('keeps the order of the items, and runs at most as many as there are lanes', async () => {
	let running = 0;
	let maxRunning = 0;
	const results = await mapInLanes([5, 1, 3, 2, 4], 2, async (item) => {
		maxRunning = Math.max(maxRunning, (running += 1));
		for (let turn = 0; turn < item; turn += 1) await Promise.resolve();
		running -= 1;
		return item * 10;
	});
	expect([results, maxRunning]).toEqual([[50, 10, 30, 20, 40], 2]);
});

test('after a failure, no other item starts, and the started ones end first', async () => {
	const started: number[] = [];
	const ended: number[] = [];
	const run = mapInLanes([1, 2, 3, 4, 5], 2, async (item) => {
		started.push(item);
		if (item === 1) throw new Error('First');
		for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
		ended.push(item);
	});
	await expect(run).rejects.toThrow('First');
	expect([started, ended]).toEqual([[1, 2], [2]]);
});
