import { transfer } from 'comlink'
import type { Grid } from '../src/core/image/volume.ts'
import { listMask, type MaskContent } from '../src/core/mask/fractions.ts'
import type { LabelImage } from '../src/core/mask/labels.ts'
import { layLabel, type LabelChoice, type LaidLabel } from '../src/core/mask/layLabel.ts'

export type LabelsApi = ReturnType<typeof createLabelsApi>

/** What a worker does with a mask that is under review. */
export function createLabelsApi() {
  let mask: LabelImage | undefined
  return {
    open(opened: LabelImage): MaskContent {
      mask = opened
      return listMask(opened.voxels)
    },
    lay(choice: LabelChoice, target: Grid | null): LaidLabel {
      if (!mask) throw new Error('A label was asked for before its mask.')
      const laid = layLabel(mask, choice, target)
      return transfer(laid, [laid.region.buffer])
    },
  }
}
