import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Remote } from 'comlink'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { builtWorker } from '../cli/testProgram.ts'
import { extractFeatures } from '../src/core/extract.ts'
import type { ExtractionResult } from '../src/core/extraction/collectResult.ts'
import type { Volume } from '../src/core/image/volume.ts'
import { warnOfGreyLevels } from '../src/core/extraction/greyLevels.ts'
import { selectLabel } from '../src/core/mask/labels.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import { featureOptionNames, planExtraction } from '../src/core/parameters/profiles/pyradiomics.ts'
import { itkCodec } from '../src/io/images/itkCodec.node.ts'
import { parseParameterFile, studyParameterFile } from '../src/io/records/parameterFile.ts'
import { readImageFile } from '../src/io/images/readImageFile.ts'
import { fileFromDisk } from '../src/io/sourceFile.node.ts'
import { startComputeWorker } from './computeBridge.node.ts'
import { createComputeBridge, type ComputeBridge, type ComputeHost, type Progress } from './computeBridge.ts'
import { loadKernels } from './loadKernels.node.ts'
import type { ComputeApi } from './computeApi.ts'
import { workerKind } from './workerKind.node.ts'
import { messageOf } from '../src/core/messages/message.ts'
import { say } from '../src/messages/say.ts'

const study = parseParameterFile(studyParameterFile)
const script = builtWorker('compute')

let image: Volume
let mask: Mask
let bridge: ComputeBridge | undefined

beforeAll(async () => {
  const read = async (name: string) =>
    (
      await readImageFile(
        itkCodec,
        await fileFromDisk(fileURLToPath(new URL(`../public/samples/brain1/${name}`, import.meta.url))),
      )
    ).volumes[0]
  image = await read('image.nii.gz')
  mask = selectLabel(await read('mask.nii.gz'), 1)
})

afterEach(() => bridge?.close())

const hashAtOnce: ComputeHost['hash'] = async (_, pieces) => {
  const hash = createHash('sha1')
  for await (const piece of pieces()) hash.update(piece)
  return hash.digest('hex')
}

function createBridge(
  maximumWorkers: number,
  hash: ComputeHost['hash'] = hashAtOnce,
  startWorker: ComputeHost['startWorker'] = startComputeWorker(script),
): ComputeBridge {
  bridge = createComputeBridge({
    startWorker,
    maximumWorkers,
    memoryBudget: 2 ** 32,
    hash,
    version: 'test',
  })
  return bridge
}

/** Of the bits of all values and their names, in order. */
function digest({ features }: ExtractionResult): string {
  const values = Float64Array.from(features, ([, value]) => value)
  return createHash('sha256')
    .update(features.map(([name]) => name).join())
    .update(values)
    .digest('hex')
}

describe('computeBridge', () => {
  it('gives the same bits for 1, 2 and 5 workers, and on one thread without any', async () => {
    const alone = extractFeatures(await loadKernels(), image, mask, planExtraction(study))
    expect(alone.features).toHaveLength(1502)
    for (const workers of [1, 2, 5]) {
      const bridge = createBridge(workers)
      expect(digest(await bridge.extract(image, mask, study)), `${workers} workers`).toBe(digest(alone))
      expect(bridge.workerCount()).toBe(workers)
      bridge.close()
    }
  })

  it('says what made the result, with the image’s hash as PyRadiomics has it', async () => {
    const { diagnostics } = await createBridge(2).extract(image, mask, study)
    const names = diagnostics.map(([name]) => name)
    expect(names.slice(0, 7)).toEqual([
      'diagnostics_Versions_Texel', 'diagnostics_Versions_PyRadiomics', 'diagnostics_Configuration_Settings',
      'diagnostics_Configuration_EnabledImageTypes', 'diagnostics_Configuration_Hash', 'diagnostics_Image-original_Hash',
      'diagnostics_Image-original_Dimensionality',
    ]) // prettier-ignore
    expect(Object.fromEntries(diagnostics)).toMatchObject({
      'diagnostics_Image-original_Hash': createHash('sha1').update(image.voxels).digest('hex'),
      'diagnostics_Mask-original_VoxelNum': '4137',
      'diagnostics_Mask-original_VolumeNum': '2',
    })
  })

  it('reports progress up to all jobs', async () => {
    const seen: [number, number][] = []
    await createBridge(2).extract(image, mask, study, { onProgress: ({ done, total }) => seen.push([done, total]) })
    const [done, total] = seen.at(-1)!
    expect(done).toBe(total)
    expect(total).toBeGreaterThan(16)
  })

  it('answers a cancel at once, keeps finished image types and starts anew afterwards', async () => {
    const bridge = createBridge(2)
    const controller = new AbortController()
    let aborted = 0
    const cancelled = await bridge.extract(image, mask, study, {
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done < 5 || aborted) return
        aborted = performance.now()
        controller.abort()
      },
    })
    console.log(`cancel answered after ${(performance.now() - aborted).toFixed(1)} ms`)
    expect(cancelled.partial).toBe(true)
    expect(cancelled.features.length).toBeGreaterThan(0)
    expect(cancelled.features.length).toBeLessThan(1502)
    expect(bridge.workerCount()).toBe(0)
    expect((await bridge.extract(image, mask, study)).features).toHaveLength(1502)
  })

  it('says in a cancelled result too what made it, and plainly which hashes were not ready', async () => {
    const controller = new AbortController()
    const isText = (byteLength: number) => byteLength < 10_000
    const bridge = createBridge(2, (byteLength, pieces) =>
      isText(byteLength) ? hashAtOnce(byteLength, pieces) : new Promise(() => {}),
    )
    const { diagnostics, features, partial } = await bridge.extract(image, mask, study, {
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done >= 5) controller.abort()
      },
    })
    expect([partial, features.length > 0]).toEqual([true, true])
    const notReady = expect.toSay('not known: the extraction was cancelled before it was computed')
    expect(Object.fromEntries(diagnostics)).toMatchObject({
      diagnostics_Versions_Texel: 'test',
      diagnostics_Configuration_Hash: expect.stringMatching(/^[0-9a-f]{40}$/),
      'diagnostics_Image-original_Hash': notReady,
      'diagnostics_Mask-original_Hash': notReady,
      'diagnostics_Mask-original_VoxelNum': '4137',
    })
  })

  it('loses no feature where a hash fails, and says why it is not there', async () => {
    const bridge = createBridge(2, async () => {
      throw new Error('out of memory')
    })
    const { diagnostics, features } = await bridge.extract(image, mask, study)
    expect(features).toHaveLength(1502)
    expect(Object.fromEntries(diagnostics)).toMatchObject({
      diagnostics_Configuration_Hash: expect.toSay('not known: out of memory'),
      'diagnostics_Image-original_Hash': expect.toSay('not known: out of memory'),
    })
  })

  it('notices a thread that ends in the middle, and loses nothing by it', async () => {
    const few = parseParameterFile(
      'imageType:\n  Original: {}\n  Wavelet: {}\nfeatureClass:\n  glcm:\nsetting: { binWidth: 5 }\n',
    )
    const threads: Worker[] = []
    const bridge = createComputeBridge({
      startWorker: workerKind<ComputeApi>('features', () => {
        threads.push(new Worker(script))
        return threads.at(-1)!
      }),
      maximumWorkers: 2,
      memoryBudget: 2 ** 32,
      hash: hashAtOnce,
      version: 'test',
    })
    const whole = await bridge.extract(image, mask, few)
    expect(threads).toHaveLength(2)
    const killed: Worker[] = []
    const killAt = (done: number) => (progress: Progress) => {
      if (progress.done < done || killed.length > 0) return
      killed.push(threads.at(-1)!)
      void threads.at(-1)!.terminate()
    }
    const survived = await bridge.extract(image, mask, few, { onProgress: killAt(2) })
    expect(killed).toHaveLength(1)
    expect(threads).toHaveLength(3)
    expect(survived.failures).toEqual([])
    expect(digest(survived)).toBe(digest(whole))
    bridge.close()
  })

  it('reports an image type that fails and delivers the rest', async () => {
    const fine = parseParameterFile('imageType:\n  Original: {}\n  Square: { binWidth: 0.00001 }\n')
    const { features, failures } = await createBridge(2).extract(image, mask, fine)
    expect(failures.map(({ imageType, reason }) => [imageType, say(reason)])).toEqual([
      ['square', expect.stringContaining('binWidth')],
    ])
    expect(features.some(([name]) => name === 'original_glcm_Idm')).toBe(true)
    expect(features.some(([name]) => name.startsWith('square_'))).toBe(false)
  })

  it('reports all images of a part that fails, with its reason, and delivers the rest', async () => {
    const failPart: ComputeHost['startWorker'] = () => {
      const worker = startComputeWorker(script)()
      const failing = (api: Remote<ComputeApi>) => {
        const runJob = async (...[job, parts]: Parameters<typeof api.runJob>) =>
          job.work.kind === 'samples' ? { id: job.id, failure: messageOf('No memory.') } : api.runJob(job, parts)
        return new Proxy(api, { get: (_, name) => (name === 'runJob' ? runJob : Reflect.get(api, name)) })
      }
      return { ...worker, run: (work, signal) => worker.run((api, life) => work(failing(api), life), signal) }
    }
    bridge = createBridge(2, hashAtOnce, failPart)
    const { features, failures } = await bridge.extract(image, mask, parseParameterFile('imageType: { Original: {}, LBP3D: {} }'))
    expect(failures).toEqual(['m1', 'm2', 'k'].map((map) => ({ imageType: `lbp-3D-${map}`, reason: messageOf('No memory.') })))
    expect(features).toHaveLength(107)
  })

  it('counts the grey levels of every image before the run, as the run finds them, in a part of its time', async () => {
    const bridge = createBridge(2)
    const narrow = parseParameterFile(
      'imageType:\n  Original: {}\n  Wavelet: {}\n  Square: { binWidth: 0.00001 }\nsetting: { binWidth: 200 }\n',
    )
    const counts = await bridge.countGreyLevels(image, mask, narrow)
    expect(counts.map(({ imageName }) => imageName)).toEqual(
      ['original', ...['LLH', 'LHL', 'LHH', 'HLL', 'HLH', 'HHL', 'HHH', 'LLL'].map((band) => `wavelet-${band}`), 'square'], // prettier-ignore
    )
    expect(say(counts.at(-1)!.problem!)).toMatch(/binWidth 0\.00001 .* at most 4096/)
    const { warnings, failures } = await bridge.extract(image, mask, narrow)
    expect(failures.map(({ reason }) => reason)).toEqual([counts.at(-1)!.problem])
    expect(warnings).toContainEqual(warnOfGreyLevels(counts, featureOptionNames))

    const seconds = async (work: () => Promise<unknown>) => {
      const start = performance.now()
      await work()
      return (performance.now() - start) / 1000
    }
    await bridge.extract(image, mask, study)
    const [count, run] = [
      await seconds(() => bridge.countGreyLevels(image, mask, study)),
      await seconds(() => bridge.extract(image, mask, study)),
    ]
    console.log(`counting grey levels takes ${count.toFixed(2)} s where the extraction takes ${run.toFixed(2)} s`)
  })

  it('rejects a count that is cancelled, and goes on with the next call', async () => {
    const bridge = createBridge(2)
    const controller = new AbortController()
    const onProgress = () => controller.abort(new Error('enough'))
    await expect(bridge.countGreyLevels(image, mask, study, { signal: controller.signal, onProgress })).rejects.toThrowSaying(
      'enough',
    )
    expect((await bridge.countGreyLevels(image, mask, study)).length).toBeGreaterThan(10)
  })

  it('shares its workers among several calls, with the same bits; one that waits and is cancelled never begins', async () => {
    const bridge = createBridge(2)
    const controller = new AbortController()
    const steps: number[] = []
    const note = (call: number) => {
      steps.push(call)
      if (call === 2) controller.abort()
    }
    const results = await Promise.all(
      [1, 2, 3, 4].map((call) =>
        bridge.extract(image, mask, study, {
          onProgress: () => note(call),
          ...(call === 4 && { signal: controller.signal }),
        }),
      ),
    )
    expect(steps.lastIndexOf(1), 'alone, with all workers').toBeLessThan(steps.indexOf(2))
    expect(steps.indexOf(3), 'beside the second').toBeLessThan(steps.lastIndexOf(2))
    expect(bridge.workerCount()).toBe(2)
    expect(steps).not.toContain(4)
    expect(results[3]).toMatchObject({ partial: true, features: [] })
    expect(new Set(results.slice(0, 3).map(digest)).size).toBe(1)
  })

  it('lets a second case wait where the memory is not enough for both', async () => {
    bridge = createComputeBridge({ startWorker: startComputeWorker(script), maximumWorkers: 2, memoryBudget: 2 ** 26, hash: hashAtOnce, version: 'test' }) // prettier-ignore
    const order: number[] = []
    const extract = (i: number) => bridge!.extract(image, mask, study, { onProgress: () => order.push(i) })
    await Promise.all([extract(1), extract(2)])
    expect(order).toEqual(order.toSorted())
    expect(bridge.workerCount()).toBe(1)
  })

  it('refuses an empty mask before any worker starts', async () => {
    const bridge = createBridge(2)
    const empty = { ...mask, voxels: new Uint8Array(mask.voxels.length) }
    await expect(bridge.extract(image, empty, study)).rejects.toThrowSaying('The mask is empty')
    expect(bridge.workerCount()).toBe(0)
  })
})
