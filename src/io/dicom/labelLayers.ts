import { voxelCount, type Grid, type Segment, type Volume, type VolumeSource } from '../../core/image/volume.ts'
import { nameNumbered } from '../../core/image/volumeNames.ts'

/** A region as runs of voxels on a grid: first and last position, in any order, without overlap. Plain numbers, two a run. */
export interface NamedRegion {
  readonly value: number
  readonly name: string
  readonly runs: readonly number[]
}

/**
 * Regions that may overlap as few label volumes as a greedy choice gives: each goes into the first volume in which its voxels
 * are free. Where one volume does not do, each is a channel of the mask, named after what it holds.
 */
export function layerLabels(grid: Grid, regions: readonly NamedRegion[], source: VolumeSource): Volume[] {
  const { size, spacingMm, originMm, direction } = grid
  const largest = Math.max(0, ...regions.map(({ value }) => value))
  const layers: { voxels: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>; segments: Segment[] }[] = []
  const addLayer = () => {
    const layer = { voxels: new (largest > 255 ? Uint16Array : Uint8Array)(voxelCount(grid)), segments: [] }
    layers.push(layer)
    return layer
  }
  addLayer()
  for (const { value, name, runs } of regions) {
    const { voxels, segments } = layers.find((layer) => isFree(layer.voxels, runs)) ?? addLayer()
    let count = 0
    for (let i = 0; i < runs.length; i += 2) {
      voxels.fill(value, runs[i], runs[i + 1] + 1)
      count += runs[i + 1] - runs[i] + 1
    }
    segments.push({ value, name, voxelCount: count })
  }
  return layers.map(({ voxels, segments }, i) => {
    const phase = nameNumbered('channel', i + 1, layers.length, segments.map(({ name }) => name).join(', '))
    return { size, spacingMm, originMm, direction, voxels, source: { ...source, segments, ...(layers.length > 1 && { phase }) } }
  })
}

function isFree(voxels: Uint8Array | Uint16Array, runs: readonly number[]): boolean {
  for (let i = 0; i < runs.length; i += 2) for (let at = runs[i]; at <= runs[i + 1]; at++) if (voxels[at] !== 0) return false
  return true
}
