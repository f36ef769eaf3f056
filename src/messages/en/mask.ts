import type { GeometryDifference } from '../../core/mask/compareGeometry.ts'
import type { EmptySlices } from '../../core/mask/emptySlices.ts'
import type { Identifier, MaskMessages, RegionStep } from '../../core/mask/messages.ts'
import type { Sentences } from '../sentences.ts'

const list = (values: readonly number[]) => values.join(', ')
const extent = (size: readonly number[]) => size.join(' x ')

const afterStep = (step: RegionStep | null) => (step === null ? '' : ` after ${step}`)

const meanings: Readonly<Record<Identifier, string>> = {
  PatientID: 'another patient',
  StudyInstanceUID: 'another examination',
  FrameOfReferenceUID: 'another frame of reference: positions need not agree',
}

export const mask: Sentences<MaskMessages> = {
  'all-zero': () => 'The mask is empty: every voxel is 0.',
  'box-outside': ({ box: { lower, upper }, size }) =>
    `The box from (${list(lower)}) to (${list(upper)}) does not fit into a volume of ${extent(size)} voxels: whole indexes from 0, ordered, are needed.`,
  'brush-points': ({ from, to }) =>
    `The brush was given the points (${list(from)}) and (${list(to)}): voxel indexes must be finite.`,
  'brush-radius': ({ radiusMm }) => `The brush radius is ${radiusMm} mm: give a finite number of at least 0.`,
  'bubbles-empty': () => 'No bubble holds a voxel of the image: give them a larger radius.',
  'bubbles-outside-box': ({ bubbles }) =>
    `None of ${bubbles} bubbles holds a voxel of the box: put a larger one into the tumour.`,
  'change-of-another-mask': ({ voxel, found, expected }) =>
    `Voxel ${voxel} holds ${found} where ${expected} was expected: the change belongs to another mask or to another state of it.`,
  'click-outside': ({ click, size }) => `The click (${list(click)}) is not a voxel of a volume of ${extent(size)}.`,
  'contour-range': ({ low, high }) =>
    `The range of the contour goes from ${low} to ${high}: the lower end must be below the upper.`,
  deviations: ({ deviations }) => `The range was to reach ${deviations} SD from the mean: give a finite number of at least 0.`,
  'gaussian-width': ({ sigmaMm }) => `The width of the Gaussian is ${sigmaMm} mm: give a finite number of at least 0.`,
  'half-gradient': ({ halfGradient }) =>
    `The gradient of half speed is ${halfGradient} grey levels a mm: give a positive finite number.`,
  'identity-differs': ({ identifier }) => `The mask is of ${meanings[identifier]} (its ${identifier} is not that of the image).`,
  'kernel-width': ({ kernelMm }) => `The kernel for smoothing is ${kernelMm} mm wide: give a positive finite number.`,
  'label-missing': ({ label, labels, truncated }) => {
    const shown = labels.slice(0, 20).map(({ value, count }) => `${value} (${count} ${count === 1 ? 'voxel' : 'voxels'})`)
    const rest = labels.length > shown.length || truncated ? ' and more' : ''
    return `Label ${label} is not in the mask. It has ${shown.join(', ')}${rest}: choose one of them with label.`
  },
  'lengths-combined': ({ a, b }) => `A mask of ${a} voxels was combined with one of ${b}: both must be on the same grid.`,
  'lengths-compared': ({ before, after }) =>
    `A mask of ${before} voxels was compared with one of ${after}: both must be on the same grid.`,
  'level-near-strokes': ({ level }) =>
    `A grey level near the strokes is ${level}: growing needs finite numbers. Replace it or draw the box elsewhere.`,
  margin: ({ marginMm }) => `The margin is ${marginMm} mm: give a finite number of at least 0.`,
  'no-bubble': () => 'There is no bubble: put at least one into the tumour.',
  'no-finite-level': ({ seed }) => `Around voxel (${list(seed)}) no grey level is finite: click elsewhere.`,
  'no-label': () => 'The mask is empty: no voxel has a label.',
  'phases-differ': ({ before, after }) =>
    `The phases have ${extent(before)} and ${extent(after)} voxels: both must be on one grid.`,
  'polygon-not-finite': () => 'The polygon has a point that is not finite: give voxel indexes.',
  'range-reversed': ({ low, high }) =>
    `The range of grey levels goes from ${low} to ${high}: the lower end must not be above the upper.`,
  'range-bounds': ({ setting, bounds }) =>
    `${setting} has ${bounds} values, expected a lower bound or a lower and an upper bound.`,
  'range-leaves': ({ setting, range, mode, thresholds: [lower, upper], retained, of }) =>
    `${setting} [${list(range)}] (${mode}) leaves ${retained} of ${of} voxels, with grey levels ${upper === undefined ? `from ${lower} up` : `from ${lower} to ${upper}`}: at least 2 are needed. Widen the range.`,
  'region-dimensions': ({ dimensions, extent: box, setting, fewest, after }) =>
    `The region has ${dimensions} dimension${dimensions === 1 ? '' : 's'}${afterStep(after)} (its box is ${extent(box)} voxels), ${setting} asks for ${fewest}.`,
  'region-empty': ({ spacing, after }) =>
    `The region is empty${afterStep(after)}: no voxel has the label.${after === 'resampling' ? ` It is smaller than a voxel of the new grid: use a finer ${spacing}.` : ''}`,
  'region-flat': ({ extent: box, settings, after }) =>
    `The region is flat${afterStep(after)} (its box is ${extent(box)} voxels): 3D shape and 3D texture mean little. Consider ${settings}.`,
  'region-one-voxel': ({ after }) => `The region is a single voxel${afterStep(after)}: features need at least two.`,
  'region-outside': ({ first, last, size }) => {
    const corner = (index: readonly number[]) => index.map((value) => value.toFixed(1)).join(', ')
    return `The region lies outside the image: its box goes from voxel (${corner(first)}) to (${corner(last)}) of the image, which has ${extent(size)}. Was the mask drawn on another image?`
  },
  'region-small': ({ voxels, setting, mostTooFew, after }) =>
    `The region has ${voxels} voxels${afterStep(after)}, ${setting} asks for more than ${mostTooFew}.`,
  'sample-empty': () => 'A sample for the threshold has no grey level: take a larger neighbourhood.',
  'sample-not-finite': ({ level }) => `A grey level for the threshold is ${level}: finite numbers are needed.`,
  'seed-outside': ({ seed, box: { lower, upper } }) =>
    `The seed (${list(seed)}) is not a voxel of the box from (${list(lower)}) to (${list(upper)}).`,
  'sizes-compared': ({ a, b }) =>
    `A mask of ${extent(a)} voxels was compared with one of ${extent(b)}: bring them to one grid first.`,
  'smallest-volume': ({ smallestMm3 }) => `The smallest volume to keep is ${smallestMm3} mm3: give a number of at least 0.`,
  softness: ({ softness }) => `The softness of the threshold is ${softness} grey levels: give a positive number.`,
  strokes: ({ labels }) =>
    `The strokes have ${labels.length === 0 ? 'no label' : `the labels ${list(labels)}`}: draw at least one inside (1) and one outside (2).`,
  'threshold-unreached': ({ threshold }) => `No voxel of the mask reaches ${threshold}: take a lower threshold.`,
  'too-many-labels': ({ most }) => `It has more than ${most} different values: this is an image, not a mask.`,
  tolerance: ({ tolerance }) => `The tolerance is ${tolerance} grey levels: give a number of at least 0.`,
}

/** @param of what is compared with the image */
export function describeDifference(
  { property, image, mask: other, tolerance }: GeometryDifference,
  of: 'mask' | 'phase' = 'mask',
): string {
  const unit = { size: ' voxels', spacing: ' mm', origin: ' mm', direction: '' }[property]
  const allowed = tolerance > 0 ? `; they may differ by ${Number(tolerance.toPrecision(3))}${unit}` : ''
  return `The ${property} of the ${of} is (${list(other)}), that of the image (${list(image)})${unit}${allowed}.`
}

/** With slice numbers from 1. */
export function describeEmptySlices({ axis, slices }: EmptySlices): string {
  const most = 12
  const numbers = `${slices
    .slice(0, most)
    .map((slice) => slice + 1)
    .join(', ')}${slices.length > most ? ' ...' : ''}`
  const along = axis === 2 ? '' : ` along the ${axis === 0 ? 'first' : 'second'} axis`
  return slices.length === 1
    ? `Slice ${numbers}${along} lies inside the extent of the region and holds none of it.`
    : `${slices.length} slices${along} lie inside the extent of the region and hold none of it: ${numbers} (counted from 1).`
}
