import type { Bytes } from '../sourceFile.ts'
import { niftiGrid } from './niftiGrid.ts'
import { plainNifti } from './plainNifti.ts'
import type { RawHeader } from './rawHeader.ts'
import { type NiftiFields, firstVoxelByte, readNiftiFields, isOneNumberOfSeveral, isUnscaled, niftiVoxelBytes, bitsOf, severalNumbers } from './niftiFields.ts' // prettier-ignore

/** Kinds of voxels that are none of ours, in words. */
const unreadableTypes: Readonly<Record<number, string>> = {
  1: 'single bits',
  32: 'complex numbers',
  1536: 'floating-point numbers of 128 bits',
  1792: 'complex numbers',
  2048: 'complex numbers',
} // prettier-ignore
const vectorIntent = 1007
/** Most voxels along an axis that a NIfTI-1 header, the form that ITK reads, can tell. */
const longestNifti1Axis = 32767
/** ITK takes a smaller slope for 0. */
const smallestSlope = Number.EPSILON
const float32Code = 16
const float64Code = 64

/** Sizes, spacing and grid of a NIfTI header; undefined if it is none. */
export function parseNiftiHeader(bytes: Bytes): RawHeader | undefined {
  const fields = readNiftiFields(bytes)
  if (!fields) return undefined
  const { version, size, pixdim, intentCode, datatype, inOneFile, voxOffset, littleEndian } = fields
  const voxelBytes = niftiVoxelBytes(fields)
  const least = inOneFile ? firstVoxelByte[version] : 0
  const firstVoxel = Math.max(Math.trunc(voxOffset), least)
  const isOdd =
    version === 2 || !(Number.isInteger(voxOffset) && voxOffset >= least) ||
    addsToUnscaled(fields) || hasFlatSform(fields) || isOneNumberOfSeveral(fields) // prettier-ignore
  const { grid, problem, warnings } = niftiGrid(fields)
  const plain = isOdd ? undefined : plainNifti(fields)
  const wrong = findContradiction(fields) ?? findSeveralNumbers(fields) ?? problem
  return {
    size,
    spacingMm: size.slice(0, 3).map((_, axis) => pixdim[axis + 1]),
    expectedBytes: firstVoxel + voxelBytes,
    voxelBytes,
    ...((datatype === float32Code || datatype === float64Code) && {
      floats: { voxelOffset: firstVoxel, bytesPerVoxel: datatype === float32Code ? 4 : 8, littleEndian },
    }),
    ...(!inOneFile && { voxelFile: '.img' }),
    ...(isOdd && { nifti: fields }),
    ...(plain && { plain }),
    ...(grid && { grid }),
    ...(wrong !== undefined && { problem: wrong }),
    warnings: [
      ...warnings,
      ...(isOneNumberOfSeveral(fields)
        ? [
            `The header says that each voxel is ${severalNumbers[intentCode]} (intent_code ${intentCode}), the file has one number a voxel: it is taken for the value. Check what it means.`,
          ]
        : []),
    ],
  }
}

/** Components are no phases, though they may lie along the fourth axis. Vectors as the standard wants them are ITK's, which knows them. */
function findSeveralNumbers(fields: NiftiFields): string | undefined {
  const { intentCode, size } = fields
  const isItks = intentCode === vectorIntent && size.length === 5 && size[3] === 1
  if (!(intentCode in severalNumbers) || isOneNumberOfSeveral(fields) || isItks) return undefined
  const components = size.slice(3).reduce((product, n) => product * n, 1)
  return `The header says that each voxel is ${severalNumbers[intentCode]} (intent_code ${intentCode}), of ${components} numbers; one grey value a voxel is needed.`
}

/** By the standard a slope of 0 means unscaled; NaN stands where a writer sets none. ITK still adds the intercept then. */
function addsToUnscaled({ sclSlope, sclInter }: NiftiFields): boolean {
  return isUnscaled({ sclSlope }) && sclInter !== 0 && Number.isFinite(sclInter)
}

/** Of one slice an sform may leave the third axis out; ITK refuses that. */
function hasFlatSform({ size, sformCode, srow }: NiftiFields): boolean {
  return size.length < 3 && sformCode > 0 && [2, 6, 10].every((at) => srow[at] === 0)
}

/** What of the voxels cannot be known from a header, in words. */
function findContradiction({ version, axes, size, datatype, bitpix, sclSlope, sclInter }: NiftiFields): string | undefined {
  if (axes < 1 || axes > 7) return `The header says that the image has ${axes} dimensions (dim[0]); from 1 to 7 are possible.`
  if (version === 2 && size.some((n) => n > longestNifti1Axis))
    return `The file is NIfTI-2 with ${Math.max(...size)} voxels along an axis; up to ${longestNifti1Axis} can be read.`
  const unreadable = unreadableTypes[datatype]
  if (unreadable !== undefined || !(datatype in bitsOf))
    return `The voxels are ${unreadable ?? 'of an unknown kind'} (datatype ${datatype}); integers of up to 64 bits and floating-point numbers of 32 or 64 bits can be read.`
  const bits = bitsOf[datatype]
  // Some writers leave bitpix 0, which says nothing.
  if (bits !== undefined && bitpix !== 0 && bitpix !== bits)
    return `The header contradicts itself: voxels of its datatype ${datatype} have ${bits} bits, its bitpix says ${bitpix}. Which of the two holds is unknown.`
  if (!isUnscaled({ sclSlope }) && !(Number.isFinite(sclSlope) && Number.isFinite(sclInter)))
    return `The header's scaling is no number: scl_slope ${sclSlope}, scl_inter ${sclInter}.`
  if (!isUnscaled({ sclSlope }) && Math.abs(sclSlope) < smallestSlope)
    return `The header's scaling of the values, scl_slope ${sclSlope}, is too small to be read.`
  return undefined
}
