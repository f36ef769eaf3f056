import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { identityDirection, type Volume } from '../src/core/image/volume.ts'
import { defaultContourSettings } from '../src/core/mask/grow/contourFromBubbles.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import { cutMask } from '../src/core/mask/maskPart.ts'
import { itkCodec } from '../src/io/images/itkCodec.node.ts'
import { pieceBytes, pieces } from '../src/io/inPieces.ts'
import { parseParameterFile } from '../src/io/records/parameterFile.ts'
import { fileFromBlob } from '../src/io/sourceFile.ts'
import { createImagesApi } from './imagesApi.ts'
import { alignInWorker, mirrorInWorker, subtractInWorker } from './imagesInWorker.ts'
import { startComputeWorker } from './browserCompute.ts'
import { createCompareApi } from './compareApi.ts'
import { compareInWorker } from './compareInWorker.ts'
import { createComputeApi } from './computeApi.ts'
import { createComputeBridge } from './computeBridge.ts'
import { fakeBrowser } from './fakeBrowser.node.ts'
import { createHashApi } from './hashApi.ts'
import { hashInWorker } from './hashInWorker.ts'
import { createLabelsApi } from './labelsApi.ts'
import { loadKernels } from './loadKernels.node.ts'
import { createMaskApi } from './maskApi.ts'
import { maskBridge } from './maskBridge.ts'
import { openLabels } from './openLabels.ts'
import { createPartBridge } from './partBridge.ts'
import { createReaderApi } from './readerApi.ts'
import { saveParts } from './readFiles.ts'

// So large that copying, cutting and hashing take a dozen pieces and more, between each of which a cancel can come.
const size = [256, 256, 192] as const
const grid = { size, spacingMm: [1, 1, 1], originMm: [0, 0, 0], direction: identityDirection } as const
const count = size[0] * size[1] * size[2]
const image: Volume = {
  ...grid,
  voxels: new Int16Array(count).map((_, i) => i % 100),
  source: { path: 'image', format: 'memory' },
}
const mask: Mask = { ...grid, voxels: new Uint8Array(count).fill(1) }
const wholeBox = { lower: [0, 0, 0], upper: [255, 255, 191] } as const
const small: Mask = { ...grid, voxels: new Uint8Array(count).fill(1, 0, 3).fill(1, size[0], size[0] + 3) }
const parameters = parseParameterFile('featureClass:\n  firstorder: [Mean]\n')

/** Pauses between pieces, whatever is copied, cut or hashed. */
let pauses = 0
let onPause = () => {}
let browser: ReturnType<typeof fakeBrowser>
beforeEach(() => {
  pauses = 0
  onPause = () => {}
  vi.stubGlobal('scheduler', {
    yield: () => {
      pauses++
      onPause()
      return new Promise((resolve) => setImmediate(resolve))
    },
  })
  const never = () => new Promise<never>(() => {})
  browser = fakeBrowser({
    images: () => createImagesApi(() => Promise.resolve(never)),
    compare: () => createCompareApi(loadKernels),
    compute: () => createComputeApi(() => loadKernels()),
    hash: createHashApi,
    labels: createLabelsApi,
    mask: () => createMaskApi(loadKernels, () => never),
    reader: () =>
      createReaderApi(
        () => itkCodec,
        ({ path, content }) => Promise.resolve(fileFromBlob(path, content as Blob)),
      ),
  })
})
afterEach(() => vi.unstubAllGlobals())

/** Cancels at a pause. @returns whether it came so far, what came of the work, and how many pauses came after the cancel */
async function cancelAt(pause: number, work: (signal: AbortSignal) => Promise<unknown>) {
  const cancel = new AbortController()
  onPause = () => {
    if (pauses === pause) cancel.abort(new Error('cancelled by hand'))
  }
  const outcome = await work(cancel.signal).catch((error: Error) => error.message)
  // What goes on has time for some pieces.
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  return { outcome, after: pauses - pause }
}

const calls: Readonly<Record<string, (signal: AbortSignal) => Promise<unknown>>> = {
  'alignment of two images': (signal) => alignInWorker(image, image, signal),
  'a subtraction': (signal) => subtractInWorker(image, image, null, signal),
  'a mirrored image': (signal) => mirrorInWorker(image, 0, signal),
  'comparison of two readers': (signal) => compareInWorker(mask, mask, signal),
  'a hash': (signal) =>
    hashInWorker(
      image.voxels.byteLength,
      async function* (life) {
        for await (const [from, to] of pieces(image.voxels, { signal: life }))
          yield new Uint8Array(image.voxels.buffer, 2 * from, 2 * (to - from))
      },
      signal,
    ),
  'a mask under review': (signal) => openLabels(mask, signal),
  'a mask operation': (signal) => maskBridge.run(mask, { kind: 'grow', image, outside: mask.voxels }, signal, () => {}),
  'a contour': (signal) =>
    maskBridge.startContour(mask, { image, bubbles: [], settings: defaultContourSettings, joining: 'add' }, signal),
  'growing a part': (signal) =>
    createPartBridge().grow(image, { box: wholeBox, seed: [0, 0, 0], range: { low: 0, high: 1 }, sliceAxis: null }, signal),
  'measuring a part': (signal) => createPartBridge().measure(image, mask, wholeBox, signal),
  'writing ROIs': (signal) => saveParts([{ part: cutMask(mask, wholeBox), grid, name: 'a.nii.gz' }], signal),
  'counting grey levels': (signal) => bridgeOf().countGreyLevels(image, mask, parameters, { signal }),
}
const bridgeOf = () =>
  createComputeBridge({
    startWorker: startComputeWorker,
    maximumWorkers: 2,
    memoryBudget: 2 ** 32,
    hash: hashInWorker,
    version: 'test',
  })

it.each(Object.entries(calls))('copies nothing more for %s once that is cancelled, and ends its worker', async (_, work) => {
  expect(await cancelAt(4, work)).toEqual({ outcome: 'cancelled by hand', after: 0 })
  expect(browser.started.length).toBeGreaterThan(0)
  expect(browser.living()).toEqual([])
})

it('hashes nothing more of an extraction that is cancelled, and ends all of its workers', async () => {
  const seen = new Set<string>()
  for (const pause of [1, 12, 30]) {
    const { outcome, after } = await cancelAt(pause, (signal) => bridgeOf().extract(image, small, parameters, { signal }))
    expect(outcome, 'what there is by then').toHaveProperty('features')
    expect(after, `after pause ${pause}`).toBe(0)
    expect(browser.living()).toEqual([])
    for (const { name } of browser.started) seen.add(name)
    pauses = 0
  }
  expect([...seen].sort()).toEqual(['compute', 'hash'])
})

it('needs as many pieces as the tests above count on', () => {
  expect(image.voxels.byteLength / pieceBytes).toBeGreaterThan(20)
})
