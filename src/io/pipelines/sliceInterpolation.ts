import type { Image } from 'itk-wasm'
import { boxAround, copyBox, pasteBox } from '../../core/mask/boxVoxels.ts'
import { extentOf } from '../../core/mask/boundingBox.ts'
import type { Axis } from '../../core/mask/brush.ts'
import type { Mask } from '../../core/mask/mask.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'

/**
 * Fills the slices between drawn ones: morphological contour interpolation (Albu, Beugeling and Laurendeau 2008; ITK's filter of
 * Zukić et al. 2016). The slices that were drawn are kept as they are; those between neighbours that are both drawn stay
 * as they are too.
 * @param sliceAxis across which the slices were drawn
 * @returns the new voxels
 */
export type InterpolateSlices = (mask: Mask, sliceAxis: Axis) => Promise<Uint8Array<ArrayBuffer>>

export const interpolationPipeline = 'morphological-contour-interpolation'

/**
 * The drawn slices are named to the filter: left to itself it takes a drawn slice between two larger ones for one to be replaced, and
 * for axis 0 the generated wrapper of this pipeline leaves the axis out.
 */
export function interpolationArguments(sliceAxis: Axis, drawnSlices: readonly number[]): string[] {
  return [
    ...['0', '0', '--memory-io', '--label', '1', '--axis', String(sliceAxis), '--use-custom-slice-positions'],
    ...['--labeled-slice-indices-axis', String(sliceAxis), '--labeled-slice-indices-label', '1'],
    ...['--labeled-slice-indices', ...drawnSlices.map(String)],
  ]
}

/** Room in the plane around the mask; the shapes between two slices lie within both. */
const roomVoxels = 2

/** Gives the pipeline the box of the mask only, and puts its answer back. An empty mask and one of a single slice need no pipeline. */
export async function interpolateInBox(
  mask: Mask,
  sliceAxis: Axis,
  runPipeline: (image: Image, drawnSlices: readonly number[]) => Promise<Image>,
): Promise<Uint8Array<ArrayBuffer>> {
  const box = boxAround(mask, [0, 1, 2].map((axis) => (axis === sliceAxis ? 0 : roomVoxels)) as unknown as Triple)
  const interpolated = mask.voxels.slice()
  if (!box || box.lower[sliceAxis] === box.upper[sliceAxis]) return interpolated
  const size = extentOf(box)
  const data = new Uint8Array(size[0] * size[1] * size[2])
  copyBox(mask.voxels, mask.size, box, data)
  const stride = [1, size[0], size[0] * size[1]][sliceAxis]
  const drawn = new Set<number>()
  data.forEach((voxel, i) => voxel !== 0 && drawn.add(Math.floor(i / stride) % size[sliceAxis]))
  const image: Image = {
    imageType: { dimension: 3, componentType: 'uint8', pixelType: 'Scalar', components: 1 },
    name: 'mask',
    origin: [0, 0, 0],
    spacing: [...mask.spacingMm],
    direction: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
    size: [...size],
    metadata: new Map(),
    data: data.map((voxel) => (voxel === 0 ? 0 : 1)),
  }
  const answer = await runPipeline(
    image,
    [...drawn].sort((a, b) => a - b),
  )
  if (!(answer.data instanceof Uint8Array) || answer.data.length !== data.length) {
    throw new Error(`interpolated voxels: ${answer.data?.length ?? 0} for ${data.length} of one byte`)
  }
  pasteBox(answer.data, box, interpolated, mask.size)
  return interpolated
}
