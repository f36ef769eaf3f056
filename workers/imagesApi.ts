import { transfer } from 'comlink'
import { subtractImages } from '../src/core/image/subtractImages.ts'
import { mirrorImage } from '../src/core/image/mirrorImage.ts'
import { createProjector, type Projection, type ProjectionView, type Projector } from '../src/core/image/projectMaximum.ts'
import type { RigidMove } from '../src/core/image/rigidMove.ts'
import type { Volume } from '../src/core/image/volume.ts'
import type { Axis, Triple, VoxelArray } from '../src/core/numeric/voxelArray.ts'
import type { AlignImages } from '../src/io/pipelines/rigidRegistration.ts'

export type ImagesApi = ReturnType<typeof createImagesApi>

/** What a worker does with whole images: aligns two, takes one from another, mirrors and projects one. */
export function createImagesApi(loadAligner: (pipelinesUrl: string) => Promise<AlignImages>) {
  let projector: Projector | undefined
  const opened = () => {
    if (!projector) throw new Error('A projection was asked for before its image.')
    return projector
  }
  return {
    async align(moved: Volume, onto: Volume, pipelinesUrl: string): Promise<RigidMove> {
      return (await loadAligner(pipelinesUrl))(moved, onto)
    },
    /** See `subtractImages`. */
    subtract(image: Volume, taken: Volume, move: RigidMove | null): Float32Array<ArrayBuffer> {
      const difference = subtractImages(image, taken, move)
      return transfer(difference, [difference.buffer])
    },
    /** See `mirrorImage`. */
    mirror(image: Volume, axis: Axis): VoxelArray {
      const mirrored = mirrorImage(image, axis)
      return transfer(mirrored, [mirrored.buffer])
    },
    openProjection(...of: Parameters<typeof createProjector>): void {
      projector = createProjector(...of)
    },
    project(view: ProjectionView): Projection {
      const projection = opened().project(view)
      return transfer(projection, [projection.values.buffer])
    },
    /** See `Projector`. */
    findBrightest(view: ProjectionView, column: number, row: number): Triple | null {
      return opened().findBrightest(view, column, row)
    },
  }
}
