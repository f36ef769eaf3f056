import type { Volume } from '../image/volume.ts'
import type { Message } from '../messages/message.ts'
import { tell } from './messages.ts'

const smallestRisePercent = 5
/** Enough for a percentile (its rank is known to 0.3 %), and sorted within a few milliseconds. */
const sampledVoxels = 30_000

/** After contrast the 95th percentile of the grey levels rises by more than 5 %; else the order of the phases is in doubt. */
export function checkRise(first: Pick<Volume, 'voxels'>, second: Pick<Volume, 'voxels'>): Message[] {
  const [before, after] = [percentile95(first), percentile95(second)]
  const risePercent = (100 * (after - before)) / Math.abs(before)
  return risePercent > smallestRisePercent || !Number.isFinite(risePercent) ? [] : [tell('no-rise', { risePercent })]
}

function percentile95({ voxels }: Pick<Volume, 'voxels'>): number {
  const step = Math.max(1, Math.floor(voxels.length / sampledVoxels))
  const sample = new Float64Array(Math.ceil(voxels.length / step))
  let count = 0
  for (let i = 0; i < voxels.length; i += step) if (Number.isFinite(voxels[i])) sample[count++] = voxels[i]
  return sample.subarray(0, count).sort()[Math.floor(0.95 * (count - 1))]
}
