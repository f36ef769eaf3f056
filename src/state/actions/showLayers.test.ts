import { expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { identityDirection, type Volume } from '../../core/image/volume.ts'
import { defaultViewerOptions, type Viewer } from '../../viewer/index.ts'
import { createShowLayers, type ShowLayersServices } from './showLayers.ts'

const volume = (path: string, originMm: readonly [number, number, number] = [0, 0, 0]): Volume => ({
  size: [9, 9, 9],
  spacingMm: [1, 1, 1],
  originMm,
  direction: identityDirection,
  voxels: new Int16Array(729),
  source: { path, format: 'memory' },
})
const region = (key: string, image: Volume) => ({ key, image, mask: { ...image, voxels: new Uint8Array(729) } })
const layersOf = (open: ReturnType<typeof region> | null) => ({
  mask: open && { mask: open.mask, colour: defaultViewerOptions.colour },
  preview: null,
  isLookedAt: false,
  draftKey: open?.key ?? null,
})
const box = { lower: [2, 2, 2], upper: [4, 4, 4] }
const otherBox = { lower: [6, 6, 6], upper: [8, 8, 8] }
const settle = () => new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)))

interface RoiNow {
  readonly open: ReturnType<typeof region> | null
  readonly revision: number
  readonly drawnBox: typeof box | null
}

/** The stores of a page and a viewer that writes down what it is told. */
function page() {
  const first = region('first', volume('a'))
  const roi = createStore<RoiNow>(() => ({ open: first, revision: 0, drawnBox: box }))
  const seeds = createStore(() => ({ revision: 0 }))
  const maskReview = createStore(() => ({ proposal: null as object | null }))
  const shownLayers = createStore(() => ({ masks: layersOf(first), others: [] as object[], box: null as object | null, over: null as object | null, enhancement: null as object | null, beside: null }))
  const find = vi.fn((key: string) => Promise.resolve(key === 'second' ? { points: [] } : null))
  const told: string[] = []
  const look: { views?: object; window?: object } = {}
  let cursor = { index: [4, 4, 4], positionMm: [4, 4, 4] }
  const viewer = {
    getState: () => ({ cursor, outline: null, ...look }),
    moveCursor: (target: { index?: number[]; positionMm?: number[] }) => {
      told.push(`cursor ${(target.index ?? target.positionMm)!.join(' ')}`)
      const at = target.index ?? target.positionMm!
      cursor = { index: at, positionMm: at }
    },
    showImage: (image: Volume) => told.push(`image ${image.source.path}`),
    placeView: (plane: string, place: { zoom: number }) => told.push(`${plane} ${place.zoom}`),
    setWindow: ({ centre }: { centre: number }) => told.push(`window ${centre}`),
    ...Object.fromEntries(
      ['showMask', 'showPreview', 'showOthers', 'showBox', 'showSecond', 'showEnhancement', 'showOutline', 'refreshMask', 'setTool'].map((name) => [name, () => told.push(name)]),
    ),
  } // prettier-ignore
  const services = { roi, seeds, maskReview, shownLayers, drafts: { getState: () => ({ find }) }, arePhases: (...both: Volume[]) => both.every(({ source }) => source.path !== 'T2'), alignments: { getState: () => ({ moves: {} }) } }
  const stop = createShowLayers(services as unknown as ShowLayersServices)(viewer as unknown as Viewer)
  /** What the viewer was told since this was asked last. */
  const tell = async () => {
    await settle()
    return told.splice(0)
  }
  const open = (next: ReturnType<typeof region> | null) => {
    roi.setState({ open: next })
    shownLayers.setState({ masks: layersOf(next) })
  }
  return { roi, seeds, maskReview, shownLayers, stop, tell, open, look }
} // prettier-ignore
const whole = ['showEnhancement', 'showMask', 'showPreview']
const rest = ['showSecond', 'showBox', 'refreshMask']

test('an image comes with all that lies over it, and the cursor goes to its region', async () => {
  const { tell } = page()
  expect(await tell()).toEqual(['image a', ...whole, 'cursor 3 3 3', ...rest])
})

test('what changes is shown, once, and nothing else', async () => {
  const { roi, seeds, shownLayers, maskReview, tell } = page()
  await tell()
  roi.setState({ revision: 1 })
  roi.setState({ revision: 2 })
  expect(await tell()).toEqual(['refreshMask'])
  seeds.setState({ revision: 1 })
  expect(await tell()).toEqual(['refreshMask'])
  shownLayers.setState({ enhancement: {} })
  expect(await tell()).toEqual(['showEnhancement'])
  shownLayers.setState({ over: {} })
  expect(await tell()).toEqual(['showSecond'])
  shownLayers.setState({ box })
  expect(await tell()).toEqual(['showBox'])
  shownLayers.setState({ others: [{}] })
  expect(await tell()).toEqual(['showOthers'])
  shownLayers.setState({ masks: { ...layersOf(null), isLookedAt: true } })
  expect(await tell()).toEqual(['setTool', 'showMask', 'showPreview'])
  roi.setState({ drawnBox: otherBox })
  maskReview.setState({ proposal: { region: null } })
  expect(await tell()).toEqual([])
})

test('between two stores nothing is shown: a mask would lie on the image before', async () => {
  const { open, tell } = page()
  await tell()
  const second = region('second', volume('b'))
  open(second)
  expect(await tell()).toEqual(['image b', 'cursor 3 3 3', ...whole, 'showSecond', 'showBox', 'showOutline'])
})

test('the cursor stays at its point of the patient, and is in the middle where the next image has no such point', async () => {
  const { open, roi, tell } = page()
  await tell()
  roi.setState({ drawnBox: null })
  open(region('there', volume('b', [1, 0, 0])))
  expect(await tell()).toContain('cursor 3 3 3')
  open(region('elsewhere', volume('c', [90, 0, 0])))
  expect(await tell()).toEqual(['image c', ...whole, 'showSecond', 'showBox'])
})

test('images of one grid are seen in the same cut-out, phases through the same window too', async () => {
  const { open, look, tell } = page()
  await tell()
  look.views = { axial: { zoom: 2 }, sagittal: { zoom: 3 }, coronal: { zoom: 1 } }
  look.window = { centre: 700, width: 900 }
  const placed = ['axial 2', 'sagittal 3', 'coronal 1']
  open(region('phase', volume('b')))
  expect((await tell()).slice(0, 6)).toEqual(['image b', 'cursor 3 3 3', ...placed, 'window 700'])
  open(region('T2', volume('T2')))
  const ofT2 = await tell()
  expect(ofT2).toEqual(expect.arrayContaining(placed))
  expect(ofT2).not.toContain('window 700')
  open(region('other grid', volume('c', [1, 0, 0])))
  expect(await tell()).not.toContain('axial 2')
})

test('a mask under review is met where its region is, and the region in hand after it', async () => {
  const { maskReview, tell } = page()
  await tell()
  maskReview.setState({ proposal: { region: new Uint8Array(1), regionBox: otherBox } })
  expect(await tell()).toEqual(['cursor 7 7 7'])
  maskReview.setState({ proposal: null })
  expect(await tell()).toEqual(['cursor 3 3 3', 'refreshMask'])
})

test('nothing is shown once the views are closed', async () => {
  const { roi, stop, tell } = page()
  await tell()
  roi.setState({ revision: 1 })
  stop()
  roi.setState({ revision: 2 })
  expect(await tell()).toEqual([])
})
