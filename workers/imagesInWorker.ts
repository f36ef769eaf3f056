import { transfer } from 'comlink'
import type { Projection, ProjectionAxes, ProjectionView } from '../src/core/image/projectMaximum.ts'
import type { RigidMove } from '../src/core/image/rigidMove.ts'
import type { Volume } from '../src/core/image/volume.ts'
import type { Axis, Triple, VoxelArray } from '../src/core/numeric/voxelArray.ts'
import { copyInPieces } from '../src/io/inPieces.ts'
import type { ImagesApi } from './imagesApi.ts'
import { pipelinesUrl } from './pipelinesUrl.ts'
import { runInWorker } from './runInWorker.ts'
import { createStayingWorker } from './stayingWorker.ts'
import { workerKind } from './workerKind.ts'

const startImages = workerKind<ImagesApi>(
  'images',
  () => new Worker(new URL('./images.worker.ts', import.meta.url), { type: 'module' }),
)

async function copyOf({ size, spacingMm, originMm, direction, source: { path, format }, voxels }: Volume, life: AbortSignal) {
  const copy = await copyInPieces(voxels, life)
  return transfer({ size, spacingMm, originMm, direction, source: { path, format }, voxels: copy }, [copy.buffer])
}

/**
 * How an image is to be moved onto another one, found in a worker of its own that ends with it. The module that finds it (2.4 MB) is
 * loaded from the page's own origin when it is first needed.
 * @throws the signal's reason when it aborts: the worker is ended then
 */
export function alignInWorker(moved: Volume, onto: Volume, signal: AbortSignal): Promise<RigidMove> {
  return runInWorker(
    startImages,
    async (api, life) => api.align(await copyOf(moved, life), await copyOf(onto, life), pipelinesUrl()),
    signal,
  )
}

/** See `subtractImages`; in a worker of its own that ends with it. @throws the signal's reason when it aborts */
export function subtractInWorker(
  image: Volume,
  taken: Volume,
  move: RigidMove | null,
  signal: AbortSignal,
): Promise<Float32Array<ArrayBuffer>> {
  return runInWorker(
    startImages,
    async (api, life) => api.subtract(await copyOf(image, life), await copyOf(taken, life), move),
    signal,
  )
}

/** See `mirrorImage`; in a worker of its own that ends with it. @throws the signal's reason when it aborts */
export function mirrorInWorker(image: Volume, axis: Axis, signal: AbortSignal): Promise<VoxelArray> {
  return runInWorker(startImages, async (api, life) => api.mirror(await copyOf(image, life), axis), signal)
}

/** An image that is projected, in a worker of its own. */
export interface OpenProjection {
  project(view: ProjectionView): Promise<Projection>
  /** See `Projector`. */
  findBrightest(view: ProjectionView, column: number, row: number): Promise<Triple | null>
  /** Ends the worker, with what it was still asked for. */
  close(): void
}

/** The image goes to the worker once, with the first question. */
export function openProjection(image: Volume, axes: ProjectionAxes): OpenProjection {
  const worker = createStayingWorker(startImages, async (api, life) => api.openProjection(await copyOf(image, life), axes))
  return {
    project: (view) => worker.ask((api) => api.project(view)),
    findBrightest: (view, column, row) => worker.ask((api) => api.findBrightest(view, column, row)),
    close: () => worker.close(),
  }
}
