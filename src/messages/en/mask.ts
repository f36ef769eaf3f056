import type { Identifier, MaskMessages } from '../../core/mask/messages.ts'
import type { Sentences } from '../sentences.ts'

const list = (values: readonly number[]) => values.join(', ')
const extent = (size: readonly number[]) => size.join(' x ')

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
