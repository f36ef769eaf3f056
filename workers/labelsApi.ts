import { transfer } from 'comlink'
import type { Grid } from '../src/core/image/volume.ts'
import { listLabels, type LabelImage, type LabelList } from '../src/core/mask/labels.ts'
import { layLabel, type LaidLabel } from '../src/core/mask/layLabel.ts'

export type LabelsApi = ReturnType<typeof createLabelsApi>

/** What a worker does with a mask that is under review. */
export function createLabelsApi() {
  let mask: LabelImage | undefined
  return {
    open(opened: LabelImage): LabelList {
      mask = opened
      return listLabels(opened.voxels)
    },
    lay(label: number, target: Grid | null): LaidLabel {
      if (!mask) throw new Error('A label was asked for before its mask.')
      const laid = layLabel(mask, label, target)
      return transfer(laid, [laid.region.buffer])
    },
  }
}
