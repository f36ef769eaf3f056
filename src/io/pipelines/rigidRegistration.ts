import { InterfaceTypes, type Image, type PipelineInput, type PipelineOutput, type runPipeline } from 'itk-wasm'
import { invertMove, moveAbout, type RigidMove } from '../../core/image/rigidMove.ts'
import { indexToPhysical, type Direction, type Volume } from '../../core/image/volume.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'
import { refuse } from './messages.ts'

/** How `moved` is to be moved so that it fits `onto`: a rotation about the middle of `moved`, and a translation. */
export type AlignImages = (moved: Volume, onto: Volume) => Promise<RigidMove>

export const registrationPipeline = 'elastix'

/** Inputs 1 and 2 are the images, after the parameters. */
const registrationArguments = ['0', '0', '1', '2', '--memory-io', '--fixed', '1', '--moving', '2']

/**
 * Rigid registration by mutual information, which also fits sequences of unlike contrast (elastix: Klein et al. 2010, IEEE Trans Med
 * Imaging 29:196; its default parameters for rigid registration, without the resampled image). It starts from where the scanner placed
 * the images; its random samples come from a fixed seed.
 */
const registrationParameters: Record<string, string[]> = {
  AutomaticParameterEstimation: ['true'],
  AutomaticScalesEstimation: ['true'],
  AutomaticTransformInitialization: ['false'],
  CheckNumberOfSamples: ['true'],
  DefaultPixelValue: ['0'],
  FixedImagePyramid: ['FixedSmoothingImagePyramid'],
  HowToCombineTransforms: ['Compose'],
  ImageSampler: ['RandomCoordinate'],
  Interpolator: ['LinearInterpolator'],
  MaximumNumberOfIterations: ['256'],
  MaximumNumberOfSamplingAttempts: ['8'],
  Metric: ['AdvancedMattesMutualInformation'],
  MovingImagePyramid: ['MovingSmoothingImagePyramid'],
  NewSamplesEveryIteration: ['true'],
  NumberOfResolutions: ['3'],
  NumberOfSamplesForExactGradient: ['4096'],
  NumberOfSpatialSamples: ['2048'],
  Optimizer: ['AdaptiveStochasticGradientDescent'],
  RandomSeed: ['121212'],
  Registration: ['MultiResolutionRegistration'],
  ResampleInterpolator: ['FinalLinearInterpolator'],
  Resampler: ['DefaultResampler'],
  ResultImageFormat: ['nii'],
  Transform: ['EulerTransform'],
  WriteIterationInfo: ['false'],
  WriteResultImage: ['false'],
}

/** Arguments, outputs and inputs of the pipeline. */
export function registrationCall(moved: Volume, onto: Volume): [string[], PipelineOutput[], PipelineInput[]] {
  const { Image, JsonCompatible, TransformList } = InterfaceTypes
  const inputs = [
    { type: JsonCompatible, data: [registrationParameters] },
    { type: Image, data: registrationImage(onto, 'fixed') },
    { type: Image, data: registrationImage(moved, 'moving') },
  ]
  return [registrationArguments, [{ type: Image }, { type: TransformList }, { type: JsonCompatible }], inputs]
}

/** @param answer of the pipeline @throws DataError if it found nothing */
export function takeRegistration(
  { returnValue, stderr, outputs }: Pick<Awaited<ReturnType<typeof runPipeline>>, 'returnValue' | 'stderr' | 'outputs'>,
  moved: Volume,
): RigidMove {
  if (returnValue !== 0) throw refuse('not-aligned', { said: stderr })
  return readRegistration(outputs[2].data, moved)
}

/** What elastix is given of an image. */
function registrationImage({ size, spacingMm, originMm, direction, voxels }: Volume, name: string): Image {
  return {
    imageType: { dimension: 3, componentType: 'float32', pixelType: 'Scalar', components: 1 },
    name,
    origin: [...originMm],
    spacing: [...spacingMm],
    direction: Float64Array.from(direction),
    size: [...size],
    metadata: new Map(),
    data: Float32Array.from(voxels, (value) => (Number.isFinite(value) ? value : 0)),
  }
}

/**
 * elastix tells where a point of the fixed image lies in the moving one: three angles (rad) about z, x and y (in this order of factors), a
 * translation and the centre of the rotation. The movement of the image is the way back.
 * @throws DataError if the answer is no rigid transform
 */
export function readRegistration(answer: unknown, moved: Volume): RigidMove {
  const found = (Array.isArray(answer) ? answer.at(-1) : answer) as Record<string, readonly string[]> | undefined
  const [rx, ry, rz, ...translationMm] = (found?.TransformParameters ?? []).map(Number)
  const centreMm = (found?.CenterOfRotationPoint ?? []).map(Number)
  const isRigid = found?.Transform?.[0] === 'EulerTransform' && translationMm.length === 3 && centreMm.length === 3
  if (!isRigid || ![rx, ry, rz, ...translationMm, ...centreMm].every(Number.isFinite)) throw refuse('no-rigid-movement', {})
  const [cx, sx, cy, sy, cz, sz] = [rx, ry, rz].flatMap((angle) => [Math.cos(angle), Math.sin(angle)])
  const rotation: Direction = [
    cz * cy - sz * sx * sy,
    -sz * cx,
    cz * sy + sz * sx * cy,
    sz * cy + cz * sx * sy,
    cz * cx,
    sz * sy - cz * sx * cy,
    -cx * sy,
    sx,
    cx * cy,
  ]
  const onward = { rotation, centreMm: centreMm as unknown as Triple, translationMm: translationMm as unknown as Triple }
  const middle = indexToPhysical(moved, moved.size.map((count) => (count - 1) / 2) as unknown as Triple)
  return moveAbout(invertMove(onward), middle)
}
