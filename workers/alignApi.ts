import type { RigidMove } from '../src/core/image/rigidMove.ts'
import type { Volume } from '../src/core/image/volume.ts'
import type { AlignImages } from '../src/io/pipelines/rigidRegistration.ts'

export type AlignApi = ReturnType<typeof createAlignApi>

/** What a worker does with two images that are to be aligned. */
export function createAlignApi(createAligner: (pipelinesUrl: string) => AlignImages) {
  return {
    align: (moved: Volume, onto: Volume, pipelinesUrl: string): Promise<RigidMove> => createAligner(pipelinesUrl)(moved, onto),
  }
}
