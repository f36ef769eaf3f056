import { expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { identityDirection, type Volume } from '../core/image/volume.ts'
import { defaultViewerOptions, outsideColour, previewColour } from '../viewer/index.ts'
import { createEnhancementStore } from './enhancement.ts'
import type { Growth } from './growth.ts'
import type { FoundVolume } from './images.ts'
import { phaseId, seriesKey, type PhasesState } from './phases.ts'
import type { OpenRoi } from './region.ts'
import type { DrawnLesion } from './roi.ts'
import {
  createShownLayersStore,
  layMasks,
  layOver,
  type MaskSources,
  type OverSources,
  type ShownLayersServices,
} from './shownLayers.ts'

const image: Volume = {
  size: [20, 2, 1],
  spacingMm: [2, 1, 1],
  originMm: [0, 0, 0],
  direction: identityDirection,
  voxels: new Int16Array(40),
  source: { path: 'a', format: 'memory' },
}
const mask = { ...image, voxels: new Uint8Array(40) }
const open = { key: 'T1 L1 reader 1', imageId: '1', lesion: 'L1', image, mask } as unknown as OpenRoi
const outside = { ...mask, voxels: new Uint8Array(40) }
const made = new Uint8Array(40)
const grown = { preview: { ...mask }, box: { lower: [0, 0, 0], upper: [1, 1, 0] } } as unknown as Growth
const nothing: MaskSources = {
  open,
  isReviewing: false,
  reviewed: null,
  compared: null,
  previewed: null,
  grown: null,
  outside: null,
  isDrawingOutside: false,
}
const lay = (change: Partial<MaskSources>) => layMasks({ ...nothing, ...change })
const own = defaultViewerOptions.colour

test('the region is painted on, with strokes outside over it; drawn on are the strokes where they are in hand', () => {
  expect(lay({})).toMatchObject({ mask: { mask, colour: own }, preview: null, isLookedAt: false, draftKey: open.key })
  expect(lay({ outside }).preview).toEqual({ mask: outside, colour: outsideColour })
  const drawing = lay({ outside, isDrawingOutside: true })
  expect(drawing.mask).toEqual({ mask: outside, colour: outsideColour })
  expect(drawing.preview).toEqual({ mask, colour: own })
  expect(drawing.draftKey).toBe(`${open.key} outside`)
})

test('what an operation would make lies over what was grown, that over strokes, and the operation is looked at', () => {
  const all = lay({ previewed: made, grown, outside })
  expect(all.mask?.mask).toBe(mask)
  expect(all.preview?.mask.voxels).toBe(made)
  expect(all.preview?.colour).toBe(previewColour)
  expect(all.isLookedAt).toBe(true)
  expect(lay({ grown, outside })).toMatchObject({ preview: { mask: grown.preview }, isLookedAt: false })
})

test('a mask under review, and where readers differ, are looked at alone, and no outline is kept meanwhile', () => {
  const reviewing = lay({ isReviewing: true, reviewed: made, compared: made, previewed: made, grown, outside })
  expect(reviewing.mask?.mask.voxels).toBe(made)
  expect(reviewing).toMatchObject({ preview: null, isLookedAt: true, draftKey: null })
  expect(lay({ isReviewing: true }).mask).toBeNull()
  const compared = lay({ compared: made, previewed: made, grown, outside })
  expect(compared).toMatchObject({ mask: null, isLookedAt: true, draftKey: null })
  expect(compared.preview).toMatchObject({ colour: own, secondColour: outsideColour })
  expect(layMasks({ ...nothing, open: null })).toEqual({ mask: null, preview: null, isLookedAt: false, draftKey: null })
})

const second = { id: '2', name: 'T2', volume: { ...image, source: { path: 'b', format: 'memory' } } } as FoundVolume
const overNothing: OverSources = { image, speed: null, second, way: 'fade', share: 0.3, moves: {}, window: undefined }

test('the second image lies over the open one, unless it stands beside it or a contour is set up', () => {
  expect(layOver(overNothing)).toMatchObject({ name: 'T2', grid: second.volume, way: { kind: 'fade', share: 0.3 } })
  expect(layOver({ ...overNothing, way: 'checkerboard' })?.way).toEqual({ kind: 'checkerboard', squareMm: 4 })
  expect(layOver({ ...overNothing, way: 'beside' })).toBeNull()
  expect(layOver({ ...overNothing, second: undefined })).toBeNull()
  const speed = { speed: new Float32Array(1), box: { lower: [1, 0, 0], upper: [1, 0, 0] }, kind: 'region' } as unknown as NonNullable<OverSources['speed']>
  expect(layOver({ ...overNothing, way: 'beside', speed })).toMatchObject({ name: null, voxels: speed.speed })
}) // prettier-ignore

/** The open image and two more on its grid. */
const series = ['a', 'c', 'd'].map((path, i) => {
  const volume = { ...image, voxels: new Int16Array(40).fill(i), source: { path, format: 'memory' as const } }
  return { id: phaseId(i === 0 ? image : volume), volume: i === 0 ? image : volume } as FoundVolume
})

/** The stores of a page, as far as layers come from them. */
function page() {
  const services = {
    roi: createStore(() => ({ open, voxelCount: 0 })),
    maskReview: createStore(() => ({ proposal: null as null | { region: Uint8Array | null } })),
    comparison: createStore(() => ({
      run: { status: 'done', imageId: '1', lesion: 'L1' },
      shown: null as Uint8Array<ArrayBuffer> | null,
    })),
    maskOperation: createStore(() => ({ run: { status: 'idle' } })),
    growth: createStore(() => ({ growth: null as Growth | null })),
    seeds: createStore(() => ({ outside: null, isDrawing: false })),
    contour: createStore(() => ({ showsSpeed: true })),
    second: createStore(() => ({ way: 'fade', share: 0.5, windows: {} })),
    alignments: createStore(() => ({ moves: {} })),
    enhancement: createEnhancementStore(),
    phases: createStore<Pick<PhasesState, 'choices'>>(() => ({ choices: {} })),
    patients: createStore(() => ({})),
    otherLesions: createStore(() => ({ others: [] as DrawnLesion[] })),
    secondImage: () => second,
    listPhases: vi.fn(() => series),
  }
  return { ...services, layers: createShownLayersStore(services as unknown as ShownLayersServices) }
}

test('a layer stays the same object until something of it changes: the viewer would end the stroke in hand', () => {
  const { roi, second: setting, layers } = page()
  const before = layers.getState()
  const told = vi.fn()
  layers.subscribe(told)
  roi.setState({ voxelCount: 5 })
  expect(told).not.toHaveBeenCalled()
  setting.setState({ share: 0.8 })
  expect(layers.getState().masks).toBe(before.masks)
  expect(layers.getState().over?.way).toEqual({ kind: 'fade', share: 0.8 })
})

test('the other lesions are outlined in their colours, and are away while a mask is looked at alone', () => {
  const { otherLesions, comparison, maskReview, layers } = page()
  otherLesions.setState({
    others: [{ lesion: 'L3', progress: 'inProgress', mask, voxelCount: 1, box: { lower: [0, 0, 0], upper: [0, 0, 0] } }],
  })
  const { others } = layers.getState()
  expect(others).toEqual([{ mask, colour: [86, 180, 233] }])
  otherLesions.setState({})
  expect(layers.getState().others).toBe(others)
  comparison.setState({ shown: new Uint8Array(1) })
  expect(layers.getState().others).toEqual([])
  comparison.setState({ shown: null })
  maskReview.setState({ proposal: { region: null } })
  expect(layers.getState().others).toEqual([])
})

test('each growth is shown anew, though it paints the same mask', () => {
  const { growth, layers } = page()
  growth.setState({ growth: grown })
  const first = layers.getState()
  expect(first.box).toBe(grown.box)
  growth.setState({ growth: { ...grown } })
  expect(layers.getState().masks).not.toBe(first.masks)
})

test('under review the second image and the box of a growth are away; a comparison of another image is not shown', () => {
  const { maskReview, comparison, growth, second: setting, layers } = page()
  growth.setState({ growth: grown })
  setting.setState({ way: 'beside' })
  expect(layers.getState()).toMatchObject({ beside: second, box: grown.box })
  maskReview.setState({ proposal: { region: null } })
  expect(layers.getState()).toMatchObject({ beside: null, over: null, box: null })
  maskReview.setState({ proposal: null })
  comparison.setState({ shown: made, run: { status: 'done', imageId: '2', lesion: 'L1' } })
  expect(layers.getState().masks.mask?.mask).toBe(mask)
  comparison.setState({ run: { status: 'done', imageId: '1', lesion: 'L1' } })
  expect(layers.getState().masks.mask).toBeNull()
})

test('enhancement is coloured over the first phase that a person or the files tell, and nothing is looked for while it is not', () => {
  const { enhancement, phases, roi, layers, listPhases } = page()
  expect(layers.getState().enhancement).toBeNull()
  roi.setState({ voxelCount: 5 })
  expect(listPhases).not.toHaveBeenCalled()
  enhancement.getState().set({ isShown: true })
  const [first, second, third] = series.map(({ volume }) => volume)
  const shown = layers.getState().enhancement
  expect(shown).toMatchObject({ lowPercent: 50, highPercent: 200, opacity: 0.6 })
  expect([shown?.pre, shown?.post]).toEqual([first, second])
  roi.setState({ voxelCount: 6 })
  expect(layers.getState().enhancement).toBe(shown)
  expect(listPhases).toHaveBeenCalledOnce()
  enhancement.getState().set({ phaseId: series[2].id })
  expect(layers.getState().enhancement?.post).toBe(third)
  const byHand = [2, 0, 1].map((at, i) => ({ id: series[at].id, timeS: 60 * i }))
  phases.setState({ choices: { [seriesKey(series.map(({ id }) => id))]: { byHand } } })
  expect(layers.getState().enhancement).toMatchObject({ pre: third, post: first })
  enhancement.getState().set({ isShown: false })
  expect(layers.getState().enhancement).toBeNull()
})

test('a range of colours keeps a width', () => {
  const { enhancement } = page()
  enhancement.getState().set({ lowPercent: 200 })
  enhancement.getState().set({ highPercent: 40 })
  expect(enhancement.getState()).toMatchObject({ lowPercent: 50, highPercent: 200 })
})
