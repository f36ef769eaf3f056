// @vitest-environment node
import { expect, test } from 'vitest'
import type { ExtractionResult } from '../core/extraction/collectResult.ts'
import { identityDirection, type Volume } from '../core/image/volume.ts'
import { createExtractionStore, studyParametersName, type Extract } from './extraction.ts'
import { messageOf } from '../core/messages/message.ts'
import { say } from '../messages/say.ts'

const grid = { size: [1, 1, 1], spacingMm: [1, 1, 1], originMm: [0, 0, 0], direction: identityDirection } as const
const image: Volume = { ...grid, voxels: new Int16Array(1), source: { path: 'a', format: 'memory' } }
const mask = { ...grid, voxels: new Uint8Array(1) }
const about = {
  key: 'i L1 reader 1', image: 'i', reader: '1', lesion: 'L1', imageName: 'a', readerName: 'Reader 1',
  label: 'P0001', stem: 'P0001_T1_reader-1', voxelCount: 1, maskHash: 'm',
} as const // prettier-ignore
const result = (features: [string, number][], partial = false): ExtractionResult => ({
  diagnostics: [],
  features,
  failures: [],
  warnings: [],
  partial,
})

/** An extraction that ends when the test says so. */
function manualExtract() {
  const runs: { resolve: (result: ExtractionResult) => void; reject: (error: Error) => void; signal: AbortSignal }[] = []
  const extract: Extract = (_image, _mask, _parameters, { signal }) =>
    new Promise((resolve, reject) => runs.push({ resolve, reject, signal: signal! }))
  return { runs, extract }
}

test('a run goes from idle to done, with its time and what it was about', async () => {
  const { runs, extract } = manualExtract()
  let clock = 1000
  const store = createExtractionStore(extract, () => clock)
  const run = store.getState().start(image, mask, about)
  expect(store.getState().run).toMatchObject({ status: 'running', startedAt: 1000 })
  clock = 3500
  runs[0].resolve(result([['a', 1]]))
  await run
  expect(store.getState().run).toMatchObject({ status: 'done', seconds: 2.5, about, parametersName: studyParametersName })
})

test('the result of an older run is dropped, and the older run is told to stop', async () => {
  const { runs, extract } = manualExtract()
  const store = createExtractionStore(extract)
  const first = store.getState().start(image, mask, about)
  const second = store.getState().start(image, mask, about)
  expect(runs[0].signal.aborted).toBe(true)
  runs[1].resolve(result([['new', 2]]))
  await second
  runs[0].resolve(result([['old', 1]]))
  await first
  expect(store.getState().run).toMatchObject({ result: { features: [['new', 2]] } })
})

test('cancel keeps what was finished, or else restores what was there', async () => {
  const { runs, extract } = manualExtract()
  const store = createExtractionStore(extract)
  const finish = async (features: [string, number][], partial: boolean) => {
    const run = store.getState().start(image, mask, about)
    if (partial) store.getState().cancel()
    expect(runs.at(-1)!.signal.aborted).toBe(partial)
    runs.at(-1)!.resolve(result(features, partial))
    await run
    return store.getState().run
  }
  expect(await finish([], true)).toEqual({ status: 'idle' })
  expect(await finish([['whole', 1]], false)).toMatchObject({ result: { partial: false } })
  expect(await finish([], true)).toMatchObject({ result: { features: [['whole', 1]] } })
  expect(await finish([['part', 1]], true)).toMatchObject({ result: { partial: true, features: [['part', 1]] } })
})

test('a failure says why', async () => {
  const { runs, extract } = manualExtract()
  const store = createExtractionStore(extract)
  const run = store.getState().start(image, mask, about)
  runs[0].reject(new Error('The mask is empty.'))
  await run
  expect(store.getState().run).toMatchObject({ status: 'failed', reason: messageOf(new Error('The mask is empty.')) })
})

test('a bad parameter file is told with its line and changes nothing', async () => {
  const store = createExtractionStore(manualExtract().extract)
  const before = store.getState().parameters
  await store.getState().loadParameters('bad.yaml', 'setting:\n  binWdth: 5\n')
  expect(store.getState().parameters).toBe(before)
  const { name, why } = store.getState().parametersProblem!
  expect(`${name}: ${say(why)}`).toMatch(/bad\.yaml.*2.*binWdth/s)
  await store.getState().loadParameters('good.yaml', 'setting:\n  binWidth: 5\n')
  expect(store.getState()).toMatchObject({
    parametersProblem: null,
    parametersName: 'good.yaml',
    parameters: { settings: { binWidth: 5 } },
  })
})
