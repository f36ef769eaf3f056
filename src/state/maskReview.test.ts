import { expect, it } from 'vitest'
import type { Volume } from '../core/image/volume.ts'
import { listMask } from '../core/mask/fractions.ts'
import { layLabel } from '../core/mask/layLabel.ts'
import { createMaskReviewStore } from './maskReview.ts'
import { say } from '../messages/say.ts'
import { describeDifference } from '../messages/en/mask.ts'

const image: Volume = {
  size: [3, 3, 4],
  spacingMm: [1, 1, 2],
  originMm: [0, 0, 0],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  voxels: new Int16Array(36),
  source: { path: 'series', format: 'DICOM', dicom: { PatientID: 'A', FrameOfReferenceUID: '1.2' } },
}
/** Two slices of the image, segment 1 in the first and 4 in the second. */
const segmentation = (
  part: Partial<Volume> = {},
  voxels = Uint8Array.from({ length: 18 }, (_, i) => (i < 9 ? 1 : 4)),
): Volume => ({
  ...image,
  size: [3, 3, 2],
  originMm: [0, 0, 2],
  voxels,
  source: {
    path: 'seg.dcm',
    format: 'DICOM',
    segments: [
      { value: 1, name: 'Tumour', voxelCount: 9 },
      { value: 4, name: 'Node', voxelCount: 9 },
      { value: 5, name: 'Nothing', voxelCount: 0 },
    ],
    dicom: { PatientID: 'A', FrameOfReferenceUID: '1.2' },
  },
  ...part,
})
const review = (geometryTolerance: number | null = null) =>
  createMaskReviewStore(
    async (mask) => ({
      list: listMask(mask.voxels),
      lay: async (label, target) => layLabel(mask, label, target),
      close: () => undefined,
    }),
    () => geometryTolerance,
  )

it('a segmentation of some slices lies on the image as it is, the segment asked for first', async () => {
  const store = review()
  await store.getState().propose('m', 'seg', segmentation(), image, 4)
  expect(store.getState().proposal).toMatchObject({ differences: [], notices: [], problem: null, label: 4, regionVoxels: 9 })
  expect(Array.from(store.getState().proposal!.region!.keys()).filter((at) => store.getState().proposal!.region![at])).toEqual(
    Array.from({ length: 9 }, (_, i) => 18 + i),
  )
})

it('a segmentation of another series is asked about, and resampled where that is wanted', async () => {
  const store = review()
  const other = segmentation({ originMm: [0.5, 0, 2] })
  await store.getState().propose('m', 'seg', { ...other, source: { ...other.source, dicom: { PatientID: 'B' } } }, image)
  const { differences, notices, region, label } = store.getState().proposal!
  expect(differences.map(({ property }) => property)).toEqual(['size', 'origin'])
  expect(notices.map(say)).toEqual(['The mask is of another patient (its PatientID is not that of the image).'])
  expect([region, label]).toEqual([null, 1])
  await store.getState().resample()
  expect(store.getState().proposal!.regionVoxels).toBeGreaterThan(0)
})

const plainMask = (part: Partial<Volume>): Volume => ({ ...image, source: { path: 'm.nii', format: 'NIfTI' }, ...part })

it('a mask of another size is not laid before that is wanted, and what of it is cut off is told', async () => {
  const store = review()
  const taller = plainMask({ size: [3, 3, 6], voxels: new Uint8Array(54).fill(1, 27) })
  await store.getState().propose('m', 'mask', taller, image)
  const { differences } = store.getState().proposal!
  expect(differences.map((difference) => describeDifference(difference)).join()).toMatch(/size of the mask is .*6/i)
  expect(store.getState().proposal).toMatchObject({ region: null, label: 1 })
  await store.getState().resample()
  expect(store.getState().proposal).toMatchObject({ regionVoxels: 9, outsideFraction: 2 / 3 })
})

it('what geometryTolerance lets through is not asked about, and its voxels are taken as they are', async () => {
  const shifted = plainMask({ originMm: [0.04, 0, 0], voxels: new Uint8Array(36).fill(1, 4, 9) })
  const strict = review()
  await strict.getState().propose('m', 'mask', shifted, image)
  expect(strict.getState().proposal).toMatchObject({ isSameGrid: false, region: null })
  expect(strict.getState().proposal!.differences.map(({ property }) => property)).toEqual(['origin'])
  const lenient = review(0.05)
  await lenient.getState().propose('m', 'mask', shifted, image)
  expect(lenient.getState().proposal).toMatchObject({ isSameGrid: false, differences: [], regionVoxels: 5 })
  expect(lenient.getState().proposal!.region).toEqual(shifted.voxels)
})

it('a mask outside the image is told: no voxel of it is left', async () => {
  const store = review()
  const far = plainMask({ originMm: [50, 0, 0], voxels: new Uint8Array(36).fill(1, 10, 20) })
  await store.getState().propose('m', 'mask', far, image)
  await store.getState().resample()
  expect(store.getState().proposal).toMatchObject({ regionVoxels: 0, outsideFraction: 1, regionBox: null })
})

it('the label that is wanted comes first where the mask has it, else the mask’s own first one', async () => {
  const store = review()
  const labels = plainMask({ voxels: Float32Array.from({ length: 36 }, (_, i) => (i < 9 ? 0.5 : i < 18 ? 255 : 0)) })
  await store.getState().propose('m', 'mask', labels, image, 255)
  expect(store.getState().proposal).toMatchObject({ label: 255, regionVoxels: 9, problem: null })
  await store.getState().propose('m', 'mask', labels, image, 3)
  expect(store.getState().proposal).toMatchObject({ label: 0.5, regionVoxels: 9 })
})

it('an image in place of a mask is told', async () => {
  const store = review()
  const big: Volume = { ...image, size: [20, 20, 20], voxels: Float32Array.from({ length: 8000 }, (_, i) => i + 0.5) }
  await store.getState().propose('m', 'mask', big, image)
  expect(say(store.getState().proposal!.problem!)).toMatch(/different values: this is an image, not a mask/)
})

it('a segmentation without a voxel is told', async () => {
  const store = review()
  await store.getState().propose('m', 'seg', segmentation({}, new Uint8Array(18)), image)
  expect(store.getState().proposal).toMatchObject({ label: null })
  expect(say(store.getState().proposal!.problem!)).toBe('The mask is empty: every voxel is 0.')
})

it('a mask that is off by the rounding of a header is laid on at once, as it is, and how much it is off is known', async () => {
  const oblique = { ...image, originMm: [-141.2, -160.4, 88.1] as const }
  const rounded = plainMask({ ...oblique, originMm: [-141.2 + 3.65e-6, -160.4, 88.1], voxels: new Uint8Array(36).fill(1, 4, 9) })
  const store = review()
  await store.getState().propose('m', 'mask', rounded, oblique)
  const { differences, isSameGrid, roundingMm, region } = store.getState().proposal!
  expect([differences, isSameGrid]).toEqual([[], true])
  expect(roundingMm).toBeCloseTo(3.65e-6, 9)
  expect(region).toEqual(rounded.voxels)
})

const shares = Float32Array.from({ length: 36 }, (_, i) => (i % 9 < 6 ? 0 : [0.2, 0.6, 1][i % 3]))

it('of a mask of shares nothing is inside before somebody says from which share on', async () => {
  const store = review()
  await store.getState().propose('m', 'mask', plainMask({ voxels: shares }), image)
  expect(store.getState().proposal).toMatchObject({
    fractions: { voxelCount: 8, highest: 1 },
    label: null,
    threshold: null,
    region: null,
    problem: null,
    isWorking: false,
  })
  await store.getState().chooseThreshold(0.5)
  expect(store.getState().proposal).toMatchObject({ threshold: 0.5, regionVoxels: 8 })
  await store.getState().chooseThreshold(1.5)
  expect(store.getState().proposal).toMatchObject({ region: null })
  expect(say(store.getState().proposal!.problem!)).toContain('No voxel')
  await store.getState().chooseLabel(Math.fround(0.2))
  expect(store.getState().proposal).toMatchObject({ threshold: null, regionVoxels: 4, problem: null })
})

it('a fractional segment whose shares are all alike is one of shares too', async () => {
  const store = review()
  const segment = segmentation({}, new Uint8Array(18))
  const source = { ...segment.source, fractions: true as const, segments: [{ value: 4, name: 'Node', voxelCount: 9 }] }
  await store.getState().propose('m', 'seg', { ...segment, voxels: new Float32Array(18).fill(0.4, 9), source }, image, 4)
  expect(store.getState().proposal).toMatchObject({ fractions: { voxelCount: 9, highest: 1 }, region: null })
  await store.getState().chooseThreshold(0.3)
  expect(store.getState().proposal!.regionVoxels).toBe(9)
})

it('slices that a region leaves out are found', async () => {
  const store = review()
  const voxels = Uint8Array.from({ length: 36 }, (_, i) => Number(Math.floor(i / 9) % 2 === 0))
  await store.getState().propose('m', 'mask', plainMask({ voxels }), image)
  expect(store.getState().proposal!.emptySlices).toEqual({ axis: 2, slices: [1] })
  await store.getState().propose('m', 'mask', plainMask({ voxels: new Uint8Array(36).fill(1) }), image)
  expect(store.getState().proposal!.emptySlices).toBeNull()
})

it('a review that is dismissed or replaced ends its work, also while the mask is opened', async () => {
  const signals: AbortSignal[] = []
  const store = createMaskReviewStore(
    (_, signal) => {
      signals.push(signal)
      return new Promise((__, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
    },
    () => null,
  )
  const first = store.getState().propose('m', 'one', segmentation(), image)
  const second = store.getState().propose('n', 'two', segmentation(), image)
  await first
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
  expect(store.getState().proposal).toMatchObject({ maskId: 'n', isWorking: true, problem: null })
  store.getState().dismiss()
  await second
  expect(signals[1].aborted).toBe(true)
  expect(store.getState().proposal).toBeNull()
})
