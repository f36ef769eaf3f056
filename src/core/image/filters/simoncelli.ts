import type { Block, Kernels } from '../../kernels/kernels.ts'
import { transformLength } from '../../numeric/transformLength.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { voxelCount } from '../volume.ts'

export interface SimoncelliOptions {
  /** Of the decomposition, from 1. */
  readonly level: number
  /** 2: in slices. */
  readonly dimensions: 2 | 3
}

/**
 * Response to the band-pass of Simoncelli's non-separable wavelet (IBSI 2, 3.6; Portilla and Simoncelli 2000), which is the same in all
 * directions. It is made of the whole image's frequencies, so that no boundary is chosen: the image goes on periodically. The frequencies
 * of an axis are spread from end to end, both included, as those spread them who agreed on the consensus: of an even number of voxels
 * none is 0. @returns a new block in the caller's scope
 */
export function simoncelliImage(kernels: Kernels, image: Block, { level, dimensions }: SimoncelliOptions): Block {
  const { pointer, size } = image
  const [nx, ny, nz] = size
  const { exports } = kernels
  const target = kernels.allocate(8 * voxelCount(image))
  kernels.scope(() => {
    const slices = dimensions === 2 ? 1 : nz
    const part: Triple = [nx, ny, slices]
    const [mx, my, mz] = part.map((length) => transformLength(2 * length - 1))
    const scratch = kernels.allocate(exports.simoncelliScratch(...part, mx, my, mz))
    for (let z = 0; z < nz; z += slices) {
      const at = 8 * nx * ny * z
      exports.simoncelli(pointer + at, ...part, level, mx, my, mz, scratch, target + at)
    }
  })
  return { ...image, pointer: target }
}
