import { meanInFlight } from '../../scripts/bench/benchMetrics.mts';

test('requests under way are averaged over the time from the first one to the last answer', () => {
	const requests = [
		{ at: 100, answeredAt: 110 },
		{ at: 100, answeredAt: 110 },
		{ at: 105, answeredAt: 115 },
		{ at: 119, answeredAt: 120 },
	];
	expect(meanInFlight([{ requests }])).toBe(31 / 20);
});

test('a request whose answer never went out makes no figure, and so keeps no bound', () => {
	expect(meanInFlight([{ requests: [{ at: 100, answeredAt: 110 }, { at: 101 }] }])).toBeNaN();
});
