import { transfer, type Remote } from 'comlink'
import type { CaseCut, PreparedCase } from '../src/core/extraction/case.ts'
import { planCut, planImage } from '../src/core/extraction/cutCase.ts'
import type { VolumeStatistics } from '../src/core/image/statistics.ts'
import { voxelCount, type Grid, type Volume } from '../src/core/image/volume.ts'
import { extentOf } from '../src/core/mask/boundingBox.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import type { OnProgress } from '../src/core/numeric/jobs.ts'
import type { VoxelArray } from '../src/core/numeric/voxelArray.ts'
import { planOf, type AnyParameters } from '../src/core/parameters/parameters.ts'
import { copyInPieces, cutInPieces, joinInPieces, pieceBytes } from '../src/io/inPieces.ts'
import type { ComputeApi } from './computeApi.ts'
import type { Turn } from './computeTurns.ts'
import { onceAgain } from './onceAgain.ts'
import { WorkerEnded } from './startWorker.ts'
import { tell } from './messages.ts'

export interface Case {
  readonly image: Volume
  readonly mask: Mask
  readonly parameters: AnyParameters
}

export type CasePlan = ReturnType<typeof planCase>

const piecesAhead = 4
/** A worker and its kernels without a case. */
const kernelBytes = 64 * 2 ** 20
/** Below this, telling another worker costs more than its part of the resampling saves. */
const fewestVoxelsAPart = 30_000

/** What can be known of a case before any worker has it. @throws if it cannot be used */
export function planCase({ image, mask, parameters }: Case) {
  const extraction = planOf(parameters)
  const plan = planCut(image, mask, extraction)
  const { grid, kind } = planImage(plan.imageGrid, plan.maskGrid, plan.boundingBox, extraction)
  return { extraction, plan, grid, kind, workerBytes: memoryForCase(voxelCount(grid)) }
}

/** Bytes of a worker. A filter needs its input, its result and the passes between; LBP's spline coefficients are among them. */
export function memoryForCase(voxels: number): number {
  return kernelBytes + 8 * voxels * 8
}

/**
 * Image and mask on the grid on which they are measured: its slices are shared out, the rest the first worker does. Where a worker
 * ends by itself all begin anew: what they hold belongs together.
 * @param meanwhile is called when the first worker's part is all that is left to wait for
 */
export function prepareInWorkers(
  turn: Turn,
  own: Case,
  planned: CasePlan,
  onProgress: OnProgress | undefined,
  meanwhile: () => void,
): Promise<PreparedCase> {
  return onceAgain(() =>
    prepareOnce(turn, own, planned, onProgress, meanwhile).catch((error: unknown) => {
      if (error instanceof WorkerEnded) turn.endWorkers()
      throw error
    }),
  )
}

async function prepareOnce(
  turn: Turn,
  { image }: Case,
  { extraction, plan, grid, kind }: CasePlan,
  onProgress: OnProgress | undefined,
  meanwhile: () => void,
): Promise<PreparedCase> {
  const { life } = turn
  onProgress?.({ done: 0, total: 0, step: tell('measuring', {}) })
  const first = turn.worker(0)
  // The worker measures while the image is cut.
  const measuring = first.run((api) => measure(api, image.voxels))
  measuring.catch(() => {})
  const places = kind === 'crop' ? 1 : countForSlices(turn, plan, grid)
  const workers = Array.from({ length: places }, (_, place) => turn.worker(place))
  const voxels = await cutInPieces(image, plan, life)
  const copies = await Promise.all(workers.slice(1).map(() => copyInPieces(voxels, life)))
  const statistics = await measuring
  onProgress?.({ done: 0, total: 0, step: tell('preparing', {}) })
  const cuts = [voxels, ...copies].map((voxels) => transfer({ ...plan, voxels }, [voxels.buffer]))
  if (workers.length === 1) {
    meanwhile()
    return first.run((api) => api.prepare(cuts[0], statistics, extraction))
  }

  const bound = (part: number) => Math.floor((grid.size[2] * part) / workers.length)
  const parts = await Promise.all(
    workers.map((worker, part) =>
      worker.run((api) => api.prepareSlices(cuts[part], statistics, extraction, { from: bound(part), to: bound(part + 1) })),
    ),
  )
  const slices = {
    pixelType: parts[0].pixelType,
    voxels: await joinInPieces(
      parts.map(({ voxels }) => voxels),
      life,
    ),
    mask: await joinInPieces(
      parts.map(({ mask }) => mask),
      life,
    ),
  }
  const all = transfer(slices, [slices.voxels.buffer, slices.mask.buffer])
  meanwhile()
  return first.run((api) => api.finishCase(plan, all, statistics, extraction))
}

/** Every worker turns the whole cut into coefficients of a spline and then makes its slices of the new grid. */
function countForSlices({ maximumWorkers, memoryBudget }: Turn, plan: Omit<CaseCut, 'voxels'>, grid: Grid): number {
  const [x, y, z] = extentOf(plan.imageBox)
  const memory = kernelBytes + 8 * (2 * x * y * z + voxelCount(grid))
  const worthIt = Math.min(grid.size[2], Math.floor(voxelCount(grid) / fewestVoxelsAPart))
  return Math.max(1, Math.min(maximumWorkers, worthIt, Math.floor(memoryBudget / memory)))
}

/**
 * The volume goes to the worker in pieces, so that no second copy of it ever exists. A few are sent ahead: this thread may be
 * busy when the worker asks for more.
 */
async function measure(api: Remote<ComputeApi>, voxels: VoxelArray): Promise<VolumeStatistics> {
  const sent: Promise<void>[] = []
  const send = (call: Promise<void>) => {
    // Where one fails those after it may too: the first one below tells it.
    call.catch(() => {})
    sent.push(call)
  }
  send(api.startStatistics())
  const step = pieceBytes / voxels.BYTES_PER_ELEMENT
  for (let from = 0; from < voxels.length; from += step) {
    const piece = voxels.slice(from, from + step)
    send(api.addToStatistics(transfer(piece, [piece.buffer])))
    if (sent.length > piecesAhead) await sent.shift()
  }
  await Promise.all(sent)
  return api.finishStatistics()
}
