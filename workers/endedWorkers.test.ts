import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { identityDirection, type Volume } from '../src/core/image/volume.ts'
import { defaultContourSettings } from '../src/core/mask/grow/contourFromBubbles.ts'
import type { Job } from '../src/core/extraction/planJobs.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import { protocolSchema } from '../src/core/protocol/protocol.ts'
import { defaultNoiseStudy, simulateNoiseStudy } from '../src/core/simulate/simulateNoiseStudy.ts'
import { parseParameterFile } from '../src/io/records/parameterFile.ts'
import { itkCodec } from '../src/io/images/itkCodec.node.ts'
import { fileFromBlob } from '../src/io/sourceFile.ts'
import { createImagesApi } from './imagesApi.ts'
import { alignInWorker, mirrorInWorker, openProjection, subtractInWorker } from './imagesInWorker.ts'
import { startComputeWorker } from './browserCompute.ts'
import { createBrowserStatisticsBridge } from './browserStatistics.ts'
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
import { programServer } from '../src/io/programServer.ts'
import { say, sayError } from '../src/messages/say.ts'
import { readFiles, saveImage } from './readFiles.ts'
import { createReaderApi } from './readerApi.ts'
import { createStatisticsApi } from './statisticsApi.ts'
import { DataError } from '../src/core/messages/message.ts'

const size = [12, 10, 6] as const
const grid = { size, spacingMm: [1, 1, 2], originMm: [0, 0, 0], direction: identityDirection } as const
const count = size[0] * size[1] * size[2]
const isInside = (i: number) => {
  const [x, y, z] = [i % 12, Math.floor(i / 12) % 10, Math.floor(i / 120)]
  return Math.hypot(x - 6, y - 5, 2 * (z - 3)) < 4
}
const image: Volume = {
  ...grid,
  voxels: Int16Array.from({ length: count }, (_, i) => (isInside(i) ? 90 : 20) + ((i * 7) % 13)),
  source: { path: 'image', format: 'memory' },
}
const mask: Mask = { ...grid, voxels: Uint8Array.from({ length: count }, (_, i) => Number(isInside(i))) }
const wholeBox = { lower: [0, 0, 0], upper: [11, 9, 5] } as const
const signal = new AbortController().signal

const parametersOf = (settings: string) =>
  parseParameterFile(
    `imageType:\n  Original: {}\n  Square: {}\nfeatureClass:\n  firstorder: [Mean]\nsetting: { binWidth: 25, additionalInfo: false${settings} }\n`,
  )
const parameters = parametersOf('')
/** A grid so fine that its slices are shared out. */
const finer = parametersOf(', resampledPixelSpacing: [0.18, 0.18, 0.18]')
const study = simulateNoiseStudy({ ...defaultNoiseStudy, features: 5, training: { patients: 40, positives: 15 } })
const protocol = protocolSchema.parse({
  harmonise: { method: 'none' },
  select: [],
  models: [{ method: 'forest', trees: 20 }],
  resample: { repeats: 0 },
  evaluate: { bootstraps: 100 },
})

async function extract(by = parameters, on = { image, mask }) {
  const bridge = createComputeBridge({
    startWorker: startComputeWorker,
    maximumWorkers: 2,
    memoryBudget: 2 ** 32,
    hash: hashInWorker,
    version: 'test',
  })
  const { features, failures } = await bridge.extract(on.image, on.mask, by)
  bridge.close()
  return { features, failures }
}

async function analyse() {
  const bridge = createBrowserStatisticsBridge(1)
  const analysis = await bridge.analyse(study, protocol).finally(bridge.close)
  return analysis.evaluation
}

async function readBack() {
  const file = new Blob([await saveImage(mask, 'mask.nii.gz')])
  const outcomes = []
  for await (const outcome of readFiles([{ path: 'mask.nii.gz', file }])) outcomes.push(outcome)
  const [outcome] = outcomes
  if ('error' in outcome) throw new DataError(outcome.error)
  return outcome.volume.voxels
}

async function evolve() {
  const job = { image, bubbles: [{ centre: [6, 5, 3], radiusMm: 2 }], settings: defaultContourSettings, joining: 'add' } as const
  const empty = { ...mask, voxels: new Uint8Array(count) }
  const contour = await maskBridge.startContour(empty, job, signal)
  await contour.evolve(2)
  const { rounds, voxels } = await contour.evolve(1)
  contour.close()
  return { rounds, voxels }
}

async function lay() {
  const labels = await openLabels(mask)
  const { region } = await labels.lay(1, null)
  labels.close()
  return { list: labels.list, region }
}

async function project() {
  const axis = (axis: 0 | 1 | 2) => ({ axis, sign: 1 }) as const
  const projection = openProjection(image, { across: axis(0), depth: axis(1), up: axis(2) })
  const view = { turn: [1, 0], slab: null } as const
  const seen = [await projection.project(view), await projection.findBrightest(view, 8, 3)]
  projection.close()
  return seen
}

const bytes = new Uint8Array(8 * 2 ** 20 + 1).fill(7)
async function* pieces() {
  yield bytes.subarray(0, 1000)
  yield bytes.subarray(1000)
}

/** Every call to a worker that the page makes: by the worker's own function, in which it dies. */
const calls: Readonly<Record<string, { readonly methods: readonly string[]; readonly work: () => Promise<unknown> }>> = {
  'features of a region': {
    methods: ['finishStatistics', 'addToStatistics', 'prepare', 'openCase', 'runJob'],
    work: () => extract(),
  },
  'features on a finer grid': { methods: ['prepareSlices', 'finishCase'], work: () => extract(finer) },
  'statistics of a study': { methods: ['analyse', 'runJob'], work: analyse },
  'a mask operation': {
    methods: ['run'],
    work: () => maskBridge.run(mask, { kind: 'edit', edit: { kind: 'keepLargest' } }, signal, () => {}),
  },
  'a contour': { methods: ['startContour', 'evolveContour'], work: evolve },
  'growing a part': {
    methods: ['growPart'],
    work: () =>
      createPartBridge().grow(
        image,
        { box: wholeBox, seed: [6, 5, 3], range: { low: 80, high: 120 }, sliceAxis: null } as never,
        signal,
      ),
  },
  'measuring a part': {
    methods: ['measurePart'],
    work: () => createPartBridge().measure(image, mask, wholeBox),
  },
  'a mask under review': { methods: ['open', 'lay'], work: lay },
  'alignment of two images': { methods: ['align'], work: () => alignInWorker(image, image, signal) },
  'a subtraction': { methods: ['subtract'], work: () => subtractInWorker(image, image, null, signal) },
  'a mirrored image': { methods: ['mirror'], work: () => mirrorInWorker(image, 0, signal) },
  'a projection': { methods: ['openProjection', 'project', 'findBrightest'], work: project },
  'comparison of two readers': { methods: ['compare'], work: () => compareInWorker(mask, mask) },
  'a hash': { methods: ['start', 'add', 'finish'], work: () => hashInWorker(bytes.length, pieces) },
  'writing and reading a file': { methods: ['write', 'plan', 'read'], work: readBack },
}
const expectedOf = new Map<string, unknown>()
const cases = Object.entries(calls).flatMap(([what, { methods, work }]) => methods.map((method) => ({ what, method, work })))

let browser: ReturnType<typeof fakeBrowser>
beforeEach(() => {
  browser = fakeBrowser({
    images: () => createImagesApi(() => Promise.resolve(() => Promise.resolve({ rotation: [0, 0, 0] } as never))),
    compare: () => createCompareApi(loadKernels),
    compute: () => createComputeApi(() => loadKernels()),
    hash: createHashApi,
    labels: createLabelsApi,
    mask: () => createMaskApi(loadKernels, () => () => Promise.reject(new Error('Nothing is interpolated here.'))),
    statistics: () => createStatisticsApi(() => loadKernels()),
    reader: () =>
      createReaderApi(
        () => itkCodec,
        ({ path, content }) => Promise.resolve(fileFromBlob(path, content as Blob)),
      ),
  })
})
afterEach(() => vi.unstubAllGlobals())

describe.each(cases)('$what, where a worker dies in $method', ({ what, method, work }) => {
  it('comes out as if nothing had happened', async () => {
    if (!expectedOf.has(what)) expectedOf.set(what, await work())
    const before = browser.started.length
    browser.killAt(method, 1)
    expect(await work()).toEqual(expectedOf.get(what))
    expect(browser.started.length - before, 'workers').toBeGreaterThan(1)
    if (!what.endsWith('a part')) expect(browser.living()).toEqual([])
  })

  it('is told where it happens twice, and works again after that', async () => {
    browser.killAt(method, Infinity)
    const told = await work().then(
      (result) => (result as Partial<Awaited<ReturnType<typeof extract>>>).failures?.map(({ reason }) => say(reason)).join(),
      sayError,
    )
    expect(told).toMatch(/^The part of the program that .* ended by itself twice/)
    browser.killAt(method, 0)
    expect(await work()).toEqual(expectedOf.get(what))
  })
})

it.each(Object.entries(calls))('says of %s that the server is gone, and does it when that is back', async (what, { work }) => {
  browser.serverIsGone = true
  await expect(work()).rejects.toThrowSaying('own server does not answer any more: start it again (npm start)')
  browser.serverIsGone = false
  expect(await work()).toEqual(expectedOf.get(what) ?? expect.anything())
  await programServer.ask()
})

it('loses of an extraction only the image type whose worker died twice', async () => {
  browser.killAt('runJob', 2, ({ id }: Job) => /square/i.test(id))
  const { features, failures } = await extract()
  expect(failures.map(({ imageType, reason }) => [imageType, say(reason)])).toEqual([
    ['square', expect.stringContaining('ended by itself twice')],
  ])
  expect(features.map(([name]) => name)).toEqual(['original_firstorder_Mean'])
})

it('leaves no failure that nobody hears, where a large image was still being sent', async () => {
  const unheard = vi.fn()
  process.on('unhandledRejection', unheard)
  const slices = 7 * 2 ** 12
  const large = { ...grid, size: [12, 10, slices] as const }
  const [voxels, inside] = [new Int16Array(120 * slices), new Uint8Array(120 * slices)]
  voxels.set(image.voxels)
  inside.set(mask.voxels)
  browser.killAt('addToStatistics', 1)
  const result = await extract(parameters, {
    image: { ...image, ...large, voxels },
    mask: { ...mask, ...large, voxels: inside },
  })
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', unheard)
  expect(result).toMatchObject({ failures: [] })
  expect(unheard).not.toHaveBeenCalled()
})
