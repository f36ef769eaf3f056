import type { Axis, Triple } from '../numeric/voxelArray.ts'
import type { Volume } from './volume.ts'

/** How an image lies before the eye at 0 degrees: from left to right, from the eye into the depth, and from the lower to the upper edge. */
export interface ProjectionAxes {
  readonly across: SignedAxis
  readonly depth: SignedAxis
  readonly up: SignedAxis
}

interface SignedAxis {
  readonly axis: Axis
  /** -1: the index falls that way. */
  readonly sign: 1 | -1
}

export interface ProjectionView {
  /** Cosine and sine of the angle by which the image is turned about its upright axis: at 90 degrees what was on the right is in front. */
  readonly turn: readonly [cos: number, sin: number]
  /** Only what lies within half of this in front of and behind the voxel; null for the whole depth. */
  readonly slab: { readonly mm: number; readonly around: Triple } | null
}

/** A picture, from its upper left corner by rows. */
export interface Projection {
  readonly width: number
  readonly height: number
  readonly mmPerColumn: number
  readonly mmPerRow: number
  /** The greatest grey level along each ray; NaN where a ray meets no voxel. */
  readonly values: Float32Array<ArrayBuffer>
}

export interface Projector {
  project(view: ProjectionView): Projection
  /** The voxel nearest to the greatest grey level along the ray of a pixel, the foremost of equals; null where it meets no voxel. */
  findBrightest(view: ProjectionView, column: number, row: number): Triple | null
}

/**
 * Maximum intensity projections of an image (Wallis et al. 1989, IEEE Trans Med Imaging 8) along parallel rays that are perpendicular to its
 * upright axis. A ray is sampled at steps of the smallest voxel side in its plane, linearly between four voxels; so a projection along a
 * grid axis holds the very grey levels of the image.
 */
export function createProjector(image: Volume, { across, depth, up }: ProjectionAxes): Projector {
  const { size, spacingMm, voxels } = image
  const strides = [1, size[0], size[0] * size[1]]
  const [nAcross, nDepth, height] = [size[across.axis], size[depth.axis], size[up.axis]]
  const [mmAcross, mmDepth] = [spacingMm[across.axis], spacingMm[depth.axis]]
  const [strideAcross, strideDepth, strideUp] = [strides[across.axis], strides[depth.axis], strides[up.axis]]
  const stepMm = Math.min(mmAcross, mmDepth)
  const [extentAcross, extentDepth] = [nAcross * mmAcross, nDepth * mmDepth]
  const diagonal = Math.ceil(Math.sqrt(extentAcross * extentAcross + extentDepth * extentDepth) / stepMm)
  // As even as the sides that they lie along, so that rays and steps go through the middles of voxels at 0 degrees.
  const width = diagonal + ((diagonal + nAcross) % 2)
  const reach = diagonal + ((diagonal + nDepth) % 2)
  /** Slices of the picture by its rows. */
  const sliceOf = (row: number) => (up.sign > 0 ? height - 1 - row : row)

  /** What a ray of a column meets in a slice: the offset of each sample's first voxel in the slice, and its way to the next ones. */
  function sampleRays({ turn, slab }: ProjectionView, columns: readonly [from: number, to: number]) {
    const [cos, sin] = turn
    const centre = slab && depthOf(slab.around, cos, sin)
    const starts = new Int32Array(columns[1] - columns[0] + 1)
    const most = (columns[1] - columns[0]) * reach
    const [offsets, parts, ways] = [new Int32Array(most), new Float32Array(2 * most), new Int32Array(2 * most)]
    let count = 0
    for (let column = columns[0]; column < columns[1]; column++) {
      starts[column - columns[0]] = count
      const right = (column - (width - 1) / 2) * stepMm
      for (let step = 0; step < reach; step++) {
        const inward = (step - (reach - 1) / 2) * stepMm
        if (slab && Math.abs(inward - centre!) > slab.mm / 2) continue
        const u = toIndex((right * cos - inward * sin) / mmAcross, nAcross, across.sign)
        const v = toIndex((right * sin + inward * cos) / mmDepth, nDepth, depth.sign)
        if (u < 0 || v < 0 || u > nAcross - 1 || v > nDepth - 1) continue
        const [i, j] = [Math.floor(u), Math.floor(v)]
        offsets[count] = i * strideAcross + j * strideDepth
        parts[2 * count] = u - i
        parts[2 * count + 1] = v - j
        // On the last voxel there is none behind it, nor any part of one.
        ways[2 * count] = u > i ? strideAcross : 0
        ways[2 * count + 1] = v > j ? strideDepth : 0
        count++
      }
    }
    starts[columns[1] - columns[0]] = count
    const valueAt = (sample: number, slice: number) => {
      const at = offsets[sample] + slice
      const [du, dv] = [ways[2 * sample], ways[2 * sample + 1]]
      const near = voxels[at] + parts[2 * sample] * (voxels[at + du] - voxels[at])
      const far = voxels[at + dv] + parts[2 * sample] * (voxels[at + dv + du] - voxels[at + dv])
      return near + parts[2 * sample + 1] * (far - near)
    }
    const nearestOf = (sample: number): readonly [number, number] => {
      const i = Math.floor(offsets[sample] / strideAcross) % nAcross
      const j = Math.floor(offsets[sample] / strideDepth) % nDepth
      return [i + Math.round(parts[2 * sample]), j + Math.round(parts[2 * sample + 1])]
    }
    return { starts, valueAt, nearestOf }
  }
  /** How far behind the upright axis a voxel lies, in mm. */
  function depthOf(voxel: Triple, cos: number, sin: number): number {
    const right = across.sign * (voxel[across.axis] - (nAcross - 1) / 2) * mmAcross
    const inward = depth.sign * (voxel[depth.axis] - (nDepth - 1) / 2) * mmDepth
    return inward * cos - right * sin
  }

  return {
    project(view) {
      const { starts, valueAt } = sampleRays(view, [0, width])
      const values = new Float32Array(width * height)
      for (let row = 0, pixel = 0; row < height; row++) {
        const slice = sliceOf(row) * strideUp
        for (let column = 0; column < width; column++, pixel++) {
          let greatest = -Infinity
          for (let sample = starts[column]; sample < starts[column + 1]; sample++) {
            const value = valueAt(sample, slice)
            if (value > greatest) greatest = value
          }
          values[pixel] = greatest > -Infinity ? greatest : NaN
        }
      }
      return { width, height, mmPerColumn: stepMm, mmPerRow: spacingMm[up.axis], values }
    },
    findBrightest(view, column, row) {
      if (!(column >= 0 && column < width && row >= 0 && row < height)) return null
      const { starts, valueAt, nearestOf } = sampleRays(view, [column, column + 1])
      const slice = sliceOf(row)
      let best = -1
      for (let sample = 0; sample < starts[1]; sample++) {
        if (best < 0 || valueAt(sample, slice * strideUp) > valueAt(best, slice * strideUp)) best = sample
      }
      if (best < 0) return null
      const voxel: [number, number, number] = [0, 0, 0]
      ;[voxel[across.axis], voxel[depth.axis]] = nearestOf(best)
      voxel[up.axis] = slice
      return voxel
    },
  }
}

/** A distance from the middle of a side, in voxels, as an index of its axis. */
function toIndex(fromMiddle: number, count: number, sign: 1 | -1): number {
  const index = sign * fromMiddle + (count - 1) / 2
  // What is off by rounding lies on the voxel.
  const nearest = Math.round(index)
  return Math.abs(index - nearest) < 1e-9 ? nearest : index
}
