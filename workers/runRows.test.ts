import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { builtWorker } from '../cli/testProgram.ts'
import { extractFeatures } from '../src/core/extract.ts'
import type { ExtractionResult } from '../src/core/extraction/collectResult.ts'
import { identityDirection, type Volume } from '../src/core/image/volume.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import { createRandom, shuffle } from '../src/core/numeric/random.ts'
import { planExtraction } from '../src/core/parameters/profiles/pyradiomics.ts'
import type { BatchRow } from '../src/core/study/batchRows.ts'
import { parseParameterFile, studyParameterFile } from '../src/io/records/parameterFile.ts'
import { runRows, type RowHost, type RowsRun } from '../src/state/batch/runRows.ts'
import { startComputeWorker } from './computeBridge.node.ts'
import { createComputeBridge } from './computeBridge.ts'
import { loadKernels } from './loadKernels.node.ts'

const study = parseParameterFile(studyParameterFile)
const parameters = { ...study, settings: { ...study.settings, additionalInfo: false } }
const count = 6
const size = [24, 24, 14] as const
const grid = { size, spacingMm: [1, 1, 1.5], originMm: [0, 0, 0], direction: identityDirection } as const

function caseOf(at: number): { image: Volume; mask: Mask } {
  const random = createRandom(at + 1)
  const voxels = Int16Array.from({ length: size[0] * size[1] * size[2] }, () => Math.floor(500 * random.uniform()))
  const inside = (i: number) => {
    const [x, y, z] = [i % size[0], Math.floor(i / size[0]) % size[1], Math.floor(i / size[0] / size[1])]
    return Math.hypot(x - 12, y - 12, 1.5 * (z - 7)) < 4 + (at % 3)
  }
  return {
    image: { ...grid, voxels, source: { path: String(at), format: 'NIfTI' } },
    mask: { ...grid, voxels: Uint8Array.from(voxels, (_, i) => Number(inside(i))) },
  }
}
const cases = Array.from({ length: count }, (_, at) => caseOf(at))
const digest = ({ features }: ExtractionResult) =>
  createHash('sha256')
    .update(features.map(([name]) => name).join())
    .update(Float64Array.from(features, ([, value]) => value))
    .digest('hex')

/** @param order of the rows @param most rows after which it is cancelled */
async function run(workers: number, order: readonly number[], kept: Map<string, string>, most = Infinity): Promise<void> {
  const script = builtWorker('compute')
  const abort = new AbortController()
  const host: RowHost = {
    workers,
    openWorker() {
      const bridge = createComputeBridge({
        startWorker: startComputeWorker(script),
        maximumWorkers: 1,
        memoryBudget: 2 ** 30,
        hash: () => Promise.reject(new Error('Nothing is hashed.')),
        version: 'test',
      })
      return {
        extract: (image, mask, options) => bridge.extract(image, mask, parameters, options),
        close: bridge.close,
      }
    },
    sizeOf: () => 1,
    begin: async () => undefined,
    load: async ({ id }) => ({ ...cases[Number(id)], maskHash: id }),
    isForAll: () => false,
    async finish({ id }, _, result) {
      kept.set(id, digest(result))
      if (kept.size >= most) abort.abort()
      return true
    },
    end: (_, state, reason) => Promise.reject(new Error(`${state}: ${JSON.stringify(reason)}`)),
    forget: async () => undefined,
    now: () => performance.now(),
  }
  const watch: RowsRun = {
    signal: abort.signal,
    whilePaused: () => Promise.resolve(),
    onProblem: (problem) => expect.fail(JSON.stringify(problem)),
    onBegun: () => undefined,
    onEnded: () => undefined,
    onExpected: () => undefined,
  }
  const rows = order.map((at) => ({ id: String(at), attempts: 0 }) as BatchRow)
  await runRows(rows, host, watch)
}

test('rows have the bits of regions computed alone, with 1, 2 and 5 workers, in any order, and when a run was cancelled', async () => {
  const kernels = await loadKernels()
  const alone = cases.map(({ image, mask }) => extractFeatures(kernels, image, mask, planExtraction(parameters)))
  expect(alone[0].features).toHaveLength(1502)
  const expected = new Map(alone.map((result, at) => [String(at), digest(result)]))
  const inOrder = [...expected.keys()].map(Number)
  for (const workers of [1, 2, 5]) {
    const kept = new Map<string, string>()
    const order = workers === 1 ? inOrder : shuffle([...inOrder], createRandom(workers))
    if (workers === 2) {
      await run(workers, order, kept, 3)
      expect(kept.size).toBeLessThan(count)
      const left = order.filter((at) => !kept.has(String(at)))
      await run(workers, left, kept)
    } else await run(workers, order, kept)
    expect(new Map([...kept].sort()), `${workers} workers`).toEqual(expected)
  }
})
