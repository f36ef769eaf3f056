import type { ParametersMessages } from '../../core/parameters/messages.ts'
import type { Sentences } from '../sentences.ts'

export const parameters: Sentences<ParametersMessages> = {
  idle: ({ name, why }, say) => `${name}: ${say(why)}`,
  'even-width': ({ width }) => `A box of ${width} voxels has no voxel in its middle: write an odd number.`,
  'ibsi-memory-advice': () => 'Crop the image round the region, or use a coarser spacing.',
  'levels-of-responses': ({ count }) =>
    `The responses of filters are no grey values of the image: bins of a size, and values as they are, do not suit them. Set ${count} for files with filters, or measure the image itself with a file of its own.`,
  'lbp2D-in-3D': () => 'LBP2D looks at slices while the features are computed in 3D: force2D is usual with it.',
  'log-without-sigma': () =>
    'No image comes of it, since it has no sigma. Write its widths in mm, such as sigma: [1, 3, 5], or leave LoG out.',
  'memory-advice': () => 'Crop the image (padDistance, preCrop) or use a coarser resampledPixelSpacing.',
  'shape2D-alone': () =>
    'Nothing would be measured: it is the only class and needs force2D. Add force2D: true, or another class.',
  'shape2D-left-out': () => 'shape2D was left out, as in PyRadiomics: it needs force2D.',
  'shape2D-flat': ({ dimension }) =>
    `shape2D is not computed for this region: PyRadiomics asks for more than one voxel along ${'xyz'[dimension]} when force2Ddimension is ${dimension}.`,
  'step-no-part': ({ degrees }) =>
    `Steps of ${degrees}° do not come round to where they began: write a part of 360, such as 22.5, 30 or 45.`,
}
