import type { ExtractionMessages, Reach } from '../../core/extraction/messages.ts'
import type { Sentences } from '../sentences.ts'
import { describeNonFinite } from './image.ts'
import { describeDifference, describeEmptySlices } from './mask.ts'

const reaches: Readonly<Record<Reach, string>> = { filters: 'what the filters see of the image', region: 'the region' }

export const extraction: Sentences<ExtractionMessages> = {
  'step-job': ({ name, part }) => (part === null ? name : `${name}, part ${part.number} of ${part.of}`),
  'grids-differ': ({ differences, names }) =>
    `${differences.map((difference) => describeDifference(difference)).join(' ')} Switch ${names.resampleMask} on to resample the mask onto the image, raise ${names.tolerance} if the difference is rounding, or use a mask drawn on this image.`,
  'grey-levels': ({ least, most, counts, names }) =>
    `Outside ${least} to ${most} grey levels, where texture is hardly comparable: ${counts.map(({ imageName, count }) => `${imageName} (${count})`).join(', ')}. Consider another ${names.binSize} or ${names.binNumber} for these images.`,
  'image-left-out': ({ imageName, why }, say) => `${imageName} was left out, as in PyRadiomics: ${say(why)}`,
  'mask-empty': () => 'The mask is empty: no voxel belongs to the region. Draw a region or choose another label.',
  memory: ({ short, advice }, say) => `${say(short)} ${say(advice)}`,
  'not-finite': ({ found, reach }) => describeNonFinite(found, reaches[reach]),
  'not-finite-resampled': ({ found, reach }) =>
    `Resampling carries voxels without a number into ${reaches[reach]}: ${describeNonFinite(found, 'the image')}`,
  'one-voxel': () => 'The region is a single voxel: features need at least two. Was the right label chosen?',
  'roi-anisotropic': ({ thickness, setting }) =>
    `Voxels are ${thickness.toFixed(1)} times as long as they are wide: resample, or compute texture within slices (${setting}).`,
  'roi-not-finite': ({ found }) => `The extraction will be refused: ${describeNonFinite(found, 'the ROI')}`,
  'roi-one-level': () => 'All voxels of the ROI have the same grey value.',
  'roi-one-slice': () => 'The ROI lies in one slice: 3D shape means little.',
  'roi-one-voxel': () => 'The ROI is one voxel: it will be refused.',
  'roi-slices-empty': ({ empty }) =>
    `${describeEmptySlices(empty)} If it was drawn on some slices only, fill the others first: ROI, Mask operations, Interpolate.`,
}
