import type { FeatureClassName } from '../../core/features/featureClasses.ts'
import type { ImageTypeName } from '../../core/parameters/profiles/pyradiomics/imageTypes.ts'
import type { SettingGroup, SettingName } from '../../core/parameters/profiles/pyradiomics/knownSettings.ts'

/** What the form of parameters calls a thing, and what it says of it. */
interface Words {
  readonly label: string
  readonly help: string
}

export const settingWords: Readonly<Record<SettingName, Words & { readonly unit?: string }>> = {
  label: { label: 'Label', help: 'Value that marks the region in the mask. Voxels with other values are not part of it.' },
  label_channel: { label: 'Mask channel', help: 'Which channel to use if a mask file holds several values for each voxel; 0 is the first.' },
  minimumROIDimensions: { label: 'Smallest number of dimensions', help: 'How many directions the region must extend in: 1 allows a line, 2 a single slice, 3 asks for more than one slice.' },
  minimumROISize: { label: 'Smallest region', unit: 'voxels', help: 'A region of this many voxels or fewer is refused. Empty: no such check.' },
  geometryTolerance: { label: 'Geometry tolerance', help: 'How far the positions of image and mask may differ, as a fraction of a voxel, and still count as the same grid. Empty: 0.000001.' },
  correctMask: { label: 'Fit mask to image', help: 'If the mask lies on another grid, it is resampled onto the image’s (nearest voxel) instead of being refused.' },
  preCrop: { label: 'Crop before filtering', help: 'Cuts the image to the region and its padding before filters run. Saves time and memory; filters see less around the region. Without effect when resampling, which crops anyway.' },
  normalize: { label: 'Normalise grey values', help: 'Shifts and scales the whole image to mean 0 and standard deviation 1 (times the scale below). For MRI, whose grey values have no unit.' },
  normalizeScale: { label: 'Normalisation scale', help: 'Standard deviation of the image after normalisation. 100 lets whole-number bin widths be used.' },
  removeOutliers: { label: 'Clip outliers at', unit: 'standard deviations', help: 'Grey values further than this from the mean are set to the limit. Empty: nothing is clipped.' },
  resampledPixelSpacing: { label: 'Voxel size', unit: 'mm', help: 'Image and mask are resampled to this voxel size along x, y and z, so that cases with different voxels compare. 0 keeps an axis. Empty: no resampling.' },
  interpolator: { label: 'Interpolation', help: 'How grey values between voxels are found when resampling; B-spline (cubic) is usual. The mask always takes the nearest voxel. Empty: no resampling.' },
  padDistance: { label: 'Padding', unit: 'voxels', help: 'How many voxels of the new grid are kept around the region when resampling (or cropping): all that filters see. Changes wavelet, LoG and LBP features.' },
  resegmentRange: { label: 'Grey-value range', help: 'Voxels of the region outside this range are left out: one number is a lower bound, two are both bounds (included). Empty: the region stays as drawn.' },
  resegmentMode: { label: 'Range is meant', help: 'absolute: grey values. relative: fractions of the region’s maximum. sigma: standard deviations from the region’s mean.' },
  resegmentShape: { label: 'Shape of the smaller region', help: 'On: shape is that of the voxels left after resegmentation. Off: that of the region as drawn.' },
  binWidth: { label: 'Bin width', unit: 'grey values', help: 'Grey values within one bin count as the same level in texture, Entropy and Uniformity. Choose it so that regions have about 16 to 128 levels.' },
  binCount: { label: 'Number of bins', help: 'Divides each region’s own range into this many levels, instead of bins of fixed width. Empty: bin width is used.' },
  voxelArrayShift: { label: 'Shift for energy', unit: 'grey values', help: 'Added to grey values in Energy, TotalEnergy and RootMeanSquared, so that negative ones (as in CT) do not count as bright.' },
  force2D: { label: 'Texture within slices only', help: 'Texture and wavelets look only within planes, not across them: for thick slices. Needed by shape2D and LBP2D.' },
  force2Ddimension: { label: 'Axis across the plane', help: '0: across slices (z), planes are axial in an axial series. 1: y. 2: x.' },
  distances: { label: 'Distances', unit: 'voxels', help: 'How far apart voxels may be to count as neighbours in GLCM, GLDM and NGTDM.' },
  symmetricalGLCM: { label: 'Symmetric GLCM', help: 'Counts every pair of neighbours both ways round, so that direction has no sign.' },
  weightingNorm: { label: 'Weight by distance', help: 'Sums the directions of GLCM and GLRLM into one matrix, weighted by the length of a step in mm in this norm. Empty: features are the mean over directions.' },
  gldm_a: { label: 'GLDM tolerance', unit: 'levels', help: 'Neighbours whose level differs by at most this much count as dependent in GLDM.' },
  additionalInfo: { label: 'Diagnostics', help: 'Adds versions, settings and facts about image and mask to the result.' },
  sigma: { label: 'Widths', unit: 'mm', help: 'One filtered image for each width: small ones show fine detail, large ones coarse. Widths that need more voxels than there are around the region give no image. Empty: no image.' },
  wavelet: { label: 'Wavelet', help: 'Shape of the filter, by the names of PyWavelets (discrete ones).' },
  start_level: { label: 'First level', help: 'How many times the image is smoothed by the filter’s low-pass half before the first level is given out.' },
  level: { label: 'Levels', help: 'How many levels of detail are given out, each coarser than the one before.' },
  gradientUseSpacing: { label: 'Gradient for each mm', help: 'On: change of grey value for each mm. Off: for each voxel.' },
  lbp2DRadius: { label: 'Radius', unit: 'voxels', help: 'Radius of the circle of samples that each voxel is compared with.' },
  lbp2DSamples: { label: 'Samples', help: 'Number of samples on that circle.' },
  lbp2DMethod: { label: 'Method', help: 'How the comparisons become one number: default (as they are), ror (independent of rotation), uniform (independent of rotation, fewer patterns), var (variance of the samples).' },
  lbp3DLevels: { label: 'Levels', help: 'Number of spherical harmonic levels; each gives one image, and the kurtosis of the samples one more.' },
  lbp3DIcosphereRadius: { label: 'Radius', unit: 'voxels', help: 'Radius of the sphere of samples that each voxel is compared with.' },
  lbp3DIcosphereSubdivision: { label: 'Subdivisions', help: 'Fineness of that sphere: 0 has 12 samples, 1 has 42, 2 has 162.' },
} // prettier-ignore

export const imageTypeWords: Readonly<Record<ImageTypeName, Words>> = {
  Original: { label: 'Original', help: 'The image itself, normalised and resampled as asked.' },
  LoG: { label: 'Laplacian of Gaussian', help: 'Shows edges and blobs of a chosen width: one image for each sigma.' },
  Wavelet: { label: 'Wavelet', help: 'Splits the image into smooth (L) and detailed (H) parts along each axis: eight images a level, four with force2D.' },
  Square: { label: 'Square', help: 'Squares grey values and scales them back to the same range: bright parts stand out.' },
  SquareRoot: { label: 'Square root', help: 'Square root of grey values, scaled back to the same range: dark parts are spread.' },
  Logarithm: { label: 'Logarithm', help: 'Logarithm of grey values plus 1, scaled back to the same range: dark parts are spread strongly.' },
  Exponential: { label: 'Exponential', help: 'Exponential of grey values, scaled to the same maximum: bright parts stand out strongly.' },
  Gradient: { label: 'Gradient', help: 'How fast grey values change around each voxel: edges are bright.' },
  LBP2D: { label: 'Local binary pattern 2D', help: 'Compares each voxel with a circle of samples in its slice: fine pattern, whatever the brightness.' },
  LBP3D: { label: 'Local binary pattern 3D', help: 'Compares each voxel with a sphere of samples: fine pattern, whatever the brightness.' },
} // prettier-ignore

export const featureClassWords: Readonly<Record<FeatureClassName, Words>> = {
  shape: { label: 'Shape', help: 'Size and form of the region in 3D; does not depend on grey values.' },
  shape2D: { label: 'Shape 2D', help: 'Size and form of a region drawn in one slice. Needs force2D.' },
  firstorder: { label: 'First order', help: 'Which grey values the region has, wherever they are: mean, spread, extremes.' },
  glcm: { label: 'Co-occurrence (GLCM)', help: 'Which grey levels lie next to each other.' },
  glrlm: { label: 'Run length (GLRLM)', help: 'How long the straight runs of one grey level are.' },
  glszm: { label: 'Size zone (GLSZM)', help: 'How large the connected zones of one grey level are.' },
  gldm: { label: 'Dependence (GLDM)', help: 'How many neighbours of a voxel have a similar grey level.' },
  ngtdm: { label: 'Neighbourhood difference (NGTDM)', help: 'How much a voxel differs from the mean of its neighbours.' },
}

/** An image type's group has the image type's name. */
export const settingGroupWords: Readonly<Record<SettingGroup, string>> = {
  mask: 'Region of interest',
  normalisation: 'Normalisation',
  resampling: 'Resampling',
  resegmentation: 'Resegmentation',
  discretisation: 'Grey levels',
  texture: 'Feature classes',
  output: 'Output',
  ...(Object.fromEntries(Object.entries(imageTypeWords).map(([type, { label }]) => [type, label])) as Record<
    ImageTypeName,
    string
  >),
}
