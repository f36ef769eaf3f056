import { mkdir, writeFile } from 'node:fs/promises'
import { freemem } from 'node:os'
import { dirname, join } from 'node:path'
import type { Volume } from '../../src/core/image/volume.ts'
import { extentOf, findBoundingBox } from '../../src/core/mask/boundingBox.ts'
import { cutMask, placeMask, type MaskPart } from '../../src/core/mask/maskPart.ts'
import { expectVoxels } from '../../src/core/extraction/expectTime.ts'
import { planExtraction } from '../../src/core/parameters/profiles/pyradiomics.ts'
import { planStudy } from '../../src/core/simulate/planStudy.ts'
import { sequences, simulateImages } from '../../src/core/simulate/simulateStudy.ts'
import type { BatchRow } from '../../src/core/study/batchRows.ts'
import { encodePlainNifti } from '../../src/io/images/encodePlainNifti.ts'
import { parseParameterFile, studyParameterFile } from '../../src/io/records/parameterFile.ts'
import { runRows } from '../../src/state/batch/runRows.ts'
import { createNodeComputeBridge } from '../../workers/computeBridge.node.ts'
import { memoryForCase } from '../../workers/prepareInWorkers.ts'
import { readPath } from '../../workers/readFiles.node.ts'

interface MadeRow {
  readonly path: string
  readonly part: MaskPart
  readonly voxels: number
}

const workers = 2
const published = 402 * sequences.length
const mebibyte = 2 ** 20

/**
 * Rows of simulated patients as the page computes them: the same scheduler and workers, images read from files. What the browser's
 * database takes is not in it.
 */
export async function measureRows(folder: string, patients: number, print: (line: string) => void): Promise<void> {
  const parameters = parseParameterFile(studyParameterFile)
  const plan = planExtraction(parameters)
  const made = await makeRows(folder, patients, (part, volume) =>
    expectVoxels(extentOf(findBoundingBox(part.voxels, extentOf(part.box!))!), volume, plan),
  )
  const rows = made.map((_, at) => ({ id: String(at), attempts: 0 }) as BatchRow)
  const of = ({ id }: BatchRow) => made[Number(id)]
  const atOnce = Math.min(workers, Math.floor(freemem() / 2 / memoryForCase(Math.max(...made.map(({ voxels }) => voxels)))))
  print(`${rows.length} rows of ${patients} simulated patients, ${atOnce} workers\n rows      MB`)
  const resident = new Map<number, number>()
  let done = 0
  const begun = performance.now()
  await runRows(
    rows,
    {
      workers: atOnce,
      openWorker() {
        const bridge = createNodeComputeBridge({ workers: 1 })
        return {
          extract: (image, mask, options) => bridge.extract(image, mask, parameters, options),
          close: bridge.close,
        }
      },
      sizeOf: (row) => of(row).voxels,
      begin: () => Promise.resolve(),
      async load(row) {
        const { path, part } = of(row)
        const image = await readImage(path)
        const { size, spacingMm, originMm, direction } = image
        const mask = { size, spacingMm, originMm, direction, voxels: placeMask(part), within: part.box! }
        return { image, mask, maskHash: row.id }
      },
      isForAll: () => false,
      finish: () => Promise.resolve(true),
      end: (row, state, reason) => Promise.reject(new Error(`${row.id} ${state}: ${JSON.stringify(reason)}`)),
      forget: () => Promise.resolve(),
      now: () => performance.now(),
    },
    {
      signal: new AbortController().signal,
      whilePaused: () => Promise.resolve(),
      onProblem: (problem) => print(JSON.stringify(problem)),
      onBegun: () => undefined,
      onEnded(_, end) {
        if (!end) return
        done++
        if (done % 25 !== 0) return
        resident.set(done, process.memoryUsage.rss() / mebibyte)
        print(`${String(done).padStart(5)} ${resident.get(done)!.toFixed(0).padStart(7)}`)
      },
      onExpected: () => undefined,
    },
  )
  const seconds = (performance.now() - begun) / 1000
  print(`${(done / seconds).toFixed(2)} rows a second; 402 x 3 rows: ${((published * seconds) / done / 60).toFixed(1)} min`)
  const [early, late] = [resident.get(50), resident.get(300)]
  if (early && late) print(`memory at row 300 is ${(late / early).toFixed(2)} times that at row 50`)
}

/** As files on disk, so that none of them is in memory; a study has 96 patients, and begins again after those. */
async function makeRows(
  folder: string,
  patients: number,
  sizeOf: (part: MaskPart, volume: Volume) => number,
): Promise<MadeRow[]> {
  const study = planStudy(1)
  const rows: MadeRow[] = []
  for (let at = 0; at < patients; at++) {
    const images = simulateImages(study.patients[at % study.patients.length], study.options.effect)
    const volumes = { FST2WI: images.fst2wi, T1WI: images.dce[0], 'T1WI+C': images.dce[images.peak] }
    for (const sequence of sequences) {
      const path = join(folder, `rows/${at}/${sequence}.nii`)
      const mask = images.truth[sequence]
      const part = cutMask(mask, findBoundingBox(mask.voxels, mask.size)!)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, encodePlainNifti(volumes[sequence]))
      rows.push({ path, part, voxels: sizeOf(part, volumes[sequence]) })
    }
  }
  return rows
}

async function readImage(path: string): Promise<Volume> {
  for await (const outcome of readPath(path, { identify: true })) if ('volume' in outcome) return outcome.volume
  throw new Error(`${path} holds no image.`)
}
