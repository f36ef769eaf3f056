import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { expect, type Page } from '@playwright/test'
import { readVoxelCount } from './openPage.ts'

/* The voxels of the brain sample's axial slices, where they lie on the page, and what its ROI holds. */

/** The brain sample: 256 x 256 x 25 voxels, square ones in the axial view. */
export const side = 256
export const slices = 25
/** Of a view, that a fitted slice fills. */
export const fitted = 0.92

export type At = readonly [i: number, j: number]

/** Where voxels of the axial slice shown lie on the page, and which slice it is. */
export async function findVoxels(page: Page): Promise<{ at: (voxel: At) => [number, number]; slice: number }> {
  const box = (await page.locator('.axial').boundingBox())!
  const scale = (fitted * Math.min(Math.floor(box.width), Math.floor(box.height))) / side
  const middle = [box.x + Math.floor(box.width) / 2, box.y + Math.floor(box.height) / 2]
  await page.mouse.move(middle[0] + 100, middle[1] + 100)
  const [i, j, k] = (await page.getByTitle(/^Voxel index/).innerText()).match(/\d+/g)!.map(Number)
  const [across, down] = [i > 127 ? 1 : -1, j > 127 ? 1 : -1]
  expect(Math.abs(i - 127.5)).toBeCloseTo(100 / scale, -1)
  return {
    at: ([x, y]) => [middle[0] + across * (x - 127.5) * scale, middle[1] + down * (y - 127.5) * scale],
    slice: k,
  }
}

/** The voxels of the ROI, as the saved file has them. */
export async function saveVoxels(page: Page): Promise<Uint8Array> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save mask' }).click()
  const bytes = gunzipSync(await readFile(await (await download).path()))
  // A copy: a slice of a Buffer shares its bytes.
  return Uint8Array.from(bytes.subarray(bytes.readFloatLE(108)))
}

/** The corners of a rectangle of whole voxels, on the edges of the outermost. */
export const cornersOf = ([left, top]: At, [right, bottom]: At): At[] => [
  [left - 0.5, top - 0.5],
  [right + 0.5, top - 0.5],
  [right + 0.5, bottom + 0.5],
  [left - 0.5, bottom + 0.5],
]

export function withRectangle(
  voxels: Uint8Array,
  slice: number,
  [left, top]: At,
  [right, bottom]: At,
  value: number,
): Uint8Array {
  const changed = voxels.slice()
  for (let j = top; j <= bottom; j++) for (let i = left; i <= right; i++) changed[i + side * (j + side * slice)] = value
  return changed
}

export const count = (voxels: Uint8Array) => voxels.reduce((sum, voxel) => sum + voxel, 0)
export const areEqual = (a: Uint8Array, b: Uint8Array) => Buffer.from(a).equals(Buffer.from(b))

/** The file holds these voxels, and so does the count on the screen. */
export async function expectVoxels(page: Page, expected: Uint8Array): Promise<void> {
  await expect.poll(() => readVoxelCount(page)).toBe(count(expected))
  expect(areEqual(await saveVoxels(page), expected)).toBe(true)
}

export async function drag(page: Page, way: readonly (readonly [number, number])[], button: 'left' | 'right' = 'left') {
  await page.mouse.move(...way[0])
  await page.mouse.down({ button })
  for (const point of way.slice(1)) await page.mouse.move(...point, { steps: 4 })
  await page.mouse.up({ button })
}

/** Grey levels and spacing of the sample's own file. */
export async function readSampleImage(): Promise<{ levels: Float64Array<ArrayBuffer>; spacing: number[] }> {
  const bytes = gunzipSync(await readFile('public/samples/brain1/image.nii.gz'))
  const [kind, from] = [bytes.readInt16LE(70), bytes.readFloatLE(108)]
  const read = { 2: (p: number) => bytes[from + p], 4: (p: number) => bytes.readInt16LE(from + 2 * p) }[kind]
  if (!read) throw new Error(`The sample has voxels of NIfTI type ${kind}: this test reads 2 and 4.`)
  const spacing = [80, 84, 88].map((offset) => bytes.readFloatLE(offset))
  return { levels: Float64Array.from({ length: side * side * slices }, (_, p) => read(p)), spacing }
}
