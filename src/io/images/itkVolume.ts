import type { Direction, Volume, VolumeSource } from '../../core/image/volume.ts'
import { identityDirection } from '../../core/image/volume.ts'
import { looksLikeMask } from '../../core/mask/looksLikeMask.ts'
import type { Triple, VoxelArray } from '../../core/numeric/voxelArray.ts'
import type { DataError } from '../../core/messages/message.ts'
import { refuse as refuseHeader } from '../headers/messages.ts'
import { isSameHeaderGrid, type HeaderGrid } from '../headers/rawHeader.ts'
import type { DecodedImage } from './imageCodec.ts'
import { refuse } from './messages.ts'
import { nameNumbered } from '../../core/image/volumeNames.ts'

/** Of lengths and cosines of axes. Headers of few digits are below it; a sheared grid would give wrong volumes and distances. */
const directionTolerance = 2e-3

/**
 * ITK's image as volumes: one for 3D, one of a single slice for 2D, one a phase for 4D.
 * @param image voxels (of one or several components) in ITK's order: components fastest, then x, y, z, phase
 * @param source.series and .phase are filled in for the volumes of a 4D file
 * @param options.listAxis the components are volumes (NRRD kind `list`)
 * @param options.channels give one volume a component (masks of several channels) instead of refusing colour; 'masks': where
 *   every channel holds labels, so that a colour picture is still refused
 * @param options.headerGrid by the standard of the format; where ITK has another one, this one holds
 * @throws DataError for colour and vector images, for a grid that is no grid, and for more than 4 dimensions
 */
export function volumesFromItk(
  image: DecodedImage,
  source: VolumeSource,
  options: { listAxis?: boolean; channels?: boolean | 'masks'; headerGrid?: HeaderGrid } = {},
): Volume[] {
  const { dimension, components } = image.imageType
  const grid = gridOf(image, options.headerGrid)
  const all = toVoxelArray(image)
  const [nx, ny, nz] = grid.size
  const perVolume = nx * ny * nz
  const phases = dimension === 4 ? image.size[3] : 1

  if (components > 1) {
    if (!options.listAxis && !options.channels) throw componentsError(components, image.imageType.pixelType)
    if (phases > 1) throw refuse('volumes-of-components', { volumes: phases, components })
    const kind = options.listAxis ? 'phase' : 'channel'
    const volumes = Array.from({ length: components }, (_, c) => ({
      ...grid,
      voxels: takeComponent(all, c, components),
      source: { ...source, phase: nameNumbered(kind, c + 1, components) },
    }))
    if (!options.listAxis && options.channels === 'masks' && !areMasks(volumes))
      throw componentsError(components, image.imageType.pixelType)
    return volumes
  }
  if (phases === 1) return [{ ...grid, voxels: all, source }]
  return Array.from({ length: phases }, (_, p) => ({
    ...grid,
    voxels: all.slice(p * perVolume, (p + 1) * perVolume),
    source: { ...source, phase: nameNumbered('phase', p + 1, phases) },
  }))
}

/** A channel may be empty, but not all of them. */
function areMasks(volumes: readonly Volume[]): boolean {
  const drawn = volumes.filter(({ voxels }) => voxels.some((value) => value !== 0))
  return drawn.length > 0 && drawn.every(looksLikeMask)
}

function componentsError(components: number, pixelType: string): DataError {
  const kind = components === 3 || components === 4 || /RGB/.test(pixelType) ? 'colour' : 'vectors'
  return refuse('components', { kind, components })
}

function gridOf(image: DecodedImage, headerGrid?: HeaderGrid) {
  const { dimension } = image.imageType
  if (dimension < 2 || dimension > 4) throw refuse('dimensions', { dimensions: dimension })
  const spatial = Math.min(dimension, 3)
  const at = (values: ArrayLike<number>, i: number, other: number) =>
    // + 0 makes 0 of -0.
    i < spatial ? Number(values[i]) + 0 : other
  const triple = (values: ArrayLike<number>, other: number): Triple => [
    at(values, 0, other),
    at(values, 1, other),
    at(values, 2, other),
  ]
  const size = triple(image.size, 1)
  const direction = identityDirection.map((entry, i) => {
    const [row, column] = [Math.floor(i / 3), i % 3]
    return row < spatial && column < spatial ? Number(image.direction[row * dimension + column]) + 0 : entry
  }) as unknown as Direction
  const itkGrid = { spacingMm: triple(image.spacing, 1), originMm: triple(image.origin, 0), direction }
  // ITK leaves the third axis of a 2D image out.
  const grid = headerGrid && (dimension < 3 || !isSameHeaderGrid(itkGrid, headerGrid)) ? headerGrid : itkGrid
  checkGrid(grid)
  return { size, ...grid }
}

function checkGrid({ spacingMm, originMm, direction }: HeaderGrid): void {
  const badSpacing = spacingMm.findIndex((s) => !(s > 0 && Number.isFinite(s)))
  if (badSpacing >= 0) throw refuseHeader('spacing', { axis: badSpacing + 1, spacingMm: spacingMm[badSpacing] })
  if (!originMm.every(Number.isFinite)) throw refuse('origin', { originMm })
  const axes = [0, 1, 2].map((j) => [direction[j], direction[3 + j], direction[6 + j]])
  const lengths = axes.map((axis) => Math.hypot(...axis))
  const cosines = [[0, 1], [0, 2], [1, 2]].map(([a, b]) => axes[a].reduce((sum, part, i) => sum + part * axes[b][i], 0)) // prettier-ignore
  if (
    !lengths.every((one) => Math.abs(one - 1) < directionTolerance) ||
    !cosines.every((one) => Math.abs(one) < directionTolerance)
  )
    throw refuse('direction', { direction })
}

/** ITK's voxels in an array of our own kinds: 64-bit integers become float64, and memory shared between threads is copied so that it can be handed on. */
function toVoxelArray({ data, size, imageType }: DecodedImage): VoxelArray {
  const expected = size.reduce((product, n) => product * n, imageType.components)
  if (data === null || data.length !== expected) throw refuse('value-count', { values: data?.length ?? 0, announced: expected })
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return Float64Array.from(data, Number)
  const own = data.buffer instanceof ArrayBuffer ? data : data.slice()
  if (own instanceof Uint8ClampedArray) return new Uint8Array(own)
  return own as VoxelArray
}

function takeComponent(all: VoxelArray, component: number, components: number): VoxelArray {
  return all.filter((_, i) => i % components === component)
}
