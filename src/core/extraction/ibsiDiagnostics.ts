import type { Volume } from '../image/volume.ts'
import type { Mask } from '../mask/mask.ts'
import { extentOf, findBoundingBox } from '../mask/boundingBox.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import type { CaseCut, PreparedCase } from './case.ts'

/**
 * The 60 facts of the IBSI's about image and masks as they are, after interpolation and after resegmentation, by tag: they find a wrong
 * grid before two hundred textures do.
 * @param prepared of the whole image (its surroundings reach to the edge), by a plan of the IBSI
 */
export function ibsiDiagnostics(image: Volume, mask: Mask, cut: CaseCut, prepared: PreparedCase): Record<string, number> {
  const { grid, voxels, shapeMask } = prepared
  const first = Float64Array.from(image.voxels)
  const drawn = Uint8Array.from(mask.voxels)
  return {
    ...ofImage('init', image.size, cut.imageGrid.spacingMm, first),
    ...ofRegion('init', image.size, first, drawn, drawn),
    ...ofImage('interp', grid.size, grid.spacingMm, voxels),
    ...ofRegion('interp', grid.size, voxels, shapeMask, shapeMask),
    ...ofRegion('reseg', grid.size, voxels, prepared.mask, shapeMask),
  }
}

function ofImage(stage: string, size: Triple, spacingMm: Triple, voxels: Float64Array): Record<string, number> {
  const { mean, minimum, maximum } = measure(voxels, () => true)
  return {
    ...alongAxes((axis) => `img_dim_${axis}_${stage}_img`, size),
    ...alongAxes((axis) => `vox_dim_${axis}_${stage}_img`, spacingMm),
    [`mean_int_${stage}_img`]: mean,
    [`min_int_${stage}_img`]: minimum,
    [`max_int_${stage}_img`]: maximum,
  }
}

function ofRegion(
  stage: string,
  size: Triple,
  voxels: Float64Array,
  intensity: Uint8Array,
  morphology: Uint8Array,
): Record<string, number> {
  const { count, mean, minimum, maximum } = measure(voxels, (i) => intensity[i] === 1)
  const boxOf = (mask: Uint8Array) => extentOf(findBoundingBox(mask, size)!)
  return {
    ...alongAxes((axis) => `int_mask_dim_${axis}_${stage}_roi`, size),
    ...alongAxes((axis) => `int_mask_bb_dim_${axis}_${stage}_roi`, boxOf(intensity)),
    ...alongAxes((axis) => `morph_mask_bb_dim_${axis}_${stage}_roi`, boxOf(morphology)),
    [`int_mask_vox_count_${stage}_roi`]: count,
    [`morph_mask_vox_count_${stage}_roi`]: measure(voxels, (i) => morphology[i] === 1).count,
    [`int_mask_mean_int_${stage}_roi`]: mean,
    [`int_mask_min_int_${stage}_roi`]: minimum,
    [`int_mask_max_int_${stage}_roi`]: maximum,
  }
}

function alongAxes(tag: (axis: string) => string, [x, y, z]: Triple): Record<string, number> {
  return { [tag('x')]: x, [tag('y')]: y, [tag('z')]: z }
}

function measure(voxels: Float64Array, isMeasured: (i: number) => boolean) {
  let [count, sum, minimum, maximum] = [0, 0, Infinity, -Infinity]
  for (let i = 0; i < voxels.length; i++) {
    if (!isMeasured(i)) continue
    count++
    sum += voxels[i]
    if (voxels[i] < minimum) minimum = voxels[i]
    if (voxels[i] > maximum) maximum = voxels[i]
  }
  return { count, mean: sum / count, minimum, maximum }
}
