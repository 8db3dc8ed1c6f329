import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import sharp from 'sharp';

/** Rectangle in CSS pixels. */
export interface Rectangle {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** Calculates the rectangle around all visible elements of a locator. */
async function measure(elements: Locator): Promise<Rectangle> {
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

/** Hides the buttons of the neighboring nodes, which cover the edges of an open node. */
const HIDE_NEIGHBORS = '[class*="floatingNodes"] { visibility: hidden; }';
/** Upper limit for a picture. */
const MAX_BYTES = 200_000;

/**
 * Saves a picture for the documents, as PNG with at most 256 colors.
 * @param panel - Panel to which the picture is cropped
 * @param content - Elements of the panel to which the picture is cropped further
 * @param padding - Space around the content in CSS pixels
 */
export async function saveDocumentPicture(
	file: string,
	panel: Locator,
	content: Locator,
	padding: number,
): Promise<void> {
	const [outer, inner] = [await measure(panel), await measure(content)];
	const x = Math.max(outer.left, inner.left - padding);
	const y = Math.max(outer.top, inner.top - padding);
	const width = Math.min(outer.right, inner.right + padding) - x;
	const height = Math.min(outer.bottom, inner.bottom + padding) - y;
	const clip = { x, y, width, height };
	const screenshot = await panel.page().screenshot({ animations: 'disabled', style: HIDE_NEIGHBORS, clip });
	const picture = await sharp(screenshot).png({ palette: true, effort: 10 }).toBuffer();
	await writeFile(file, picture);
	assert.ok(picture.length <= MAX_BYTES, `${file} has ${picture.length} bytes, more than ${MAX_BYTES}`);
}
