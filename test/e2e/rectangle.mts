import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';

/** Rectangle in CSS pixels. */
export interface Rectangle {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** Calculates the rectangle around all visible elements of a locator. */
export async function measure(elements: Locator): Promise<Rectangle> {
	const found = await Promise.all((await elements.all()).map((element) => element.boundingBox()));
	const boxes = found.filter((box) => box !== null).filter(({ width }) => width > 0);
	assert.ok(boxes.length > 0, `${String(elements)} is not visible`);
	return {
		left: Math.min(...boxes.map(({ x }) => x)),
		top: Math.min(...boxes.map(({ y }) => y)),
		right: Math.max(...boxes.map(({ x, width }) => x + width)),
		bottom: Math.max(...boxes.map(({ y, height }) => y + height)),
	};
}

/** Whether two rectangles have common points. */
export const overlap = (a: Rectangle, b: Rectangle): boolean =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
