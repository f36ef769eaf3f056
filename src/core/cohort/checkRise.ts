import type { Volume } from '../image/volume.ts'
import type { PhaseWarning } from './timePhases.ts'

const smallestRisePercent = 5
/** Enough for a percentile, whatever the size of the image. */
const sampledVoxels = 200_000

/** After contrast the 95th percentile of the grey levels rises by more than 5 %; else the order of the phases is in doubt. */
export function checkRise(first: Pick<Volume, 'voxels'>, second: Pick<Volume, 'voxels'>): PhaseWarning[] {
  const [before, after] = [percentile95(first), percentile95(second)]
  const risePercent = (100 * (after - before)) / Math.abs(before)
  return risePercent > smallestRisePercent || !Number.isFinite(risePercent) ? [] : [{ code: 'noRise', risePercent }]
}

function percentile95({ voxels }: Pick<Volume, 'voxels'>): number {
  const step = Math.max(1, Math.floor(voxels.length / sampledVoxels))
  const sample: number[] = []
  for (let i = 0; i < voxels.length; i += step) if (Number.isFinite(voxels[i])) sample.push(voxels[i])
  const sorted = Float64Array.from(sample).sort()
  return sorted[Math.floor(0.95 * (sorted.length - 1))]
}
