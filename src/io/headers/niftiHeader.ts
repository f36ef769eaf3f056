import type { Message } from '../../core/messages/message.ts'
import type { Bytes } from '../sourceFile.ts'
import { tell, type UnreadableType } from './messages.ts'
import { niftiGrid } from './niftiGrid.ts'
import { plainNifti } from './plainNifti.ts'
import type { RawHeader } from './rawHeader.ts'
import { type NiftiFields, firstVoxelByte, readNiftiFields, isOneNumberOfSeveral, isUnscaled, niftiVoxelBytes, bitsOf, severalNumbers } from './niftiFields.ts' // prettier-ignore

/** By datatype. */
const unreadableTypes: Readonly<Record<number, UnreadableType>> = {
  1: 'bits',
  32: 'complex',
  1536: 'float128',
  1792: 'complex',
  2048: 'complex',
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
    ...(wrong && { problem: wrong }),
    warnings: [
      ...warnings,
      ...(isOneNumberOfSeveral(fields) ? [tell('one-number-of-several', { kind: severalNumbers[intentCode], intentCode })] : []),
    ],
  }
}

/** Components are no phases, though they may lie along the fourth axis. Vectors as the standard wants them are ITK's, which knows them. */
function findSeveralNumbers(fields: NiftiFields): Message | undefined {
  const { intentCode, size } = fields
  const isItks = intentCode === vectorIntent && size.length === 5 && size[3] === 1
  if (!(intentCode in severalNumbers) || isOneNumberOfSeveral(fields) || isItks) return undefined
  const components = size.slice(3).reduce((product, n) => product * n, 1)
  return tell('several-numbers', { kind: severalNumbers[intentCode], intentCode, components })
}

/** By the standard a slope of 0 means unscaled; NaN stands where a writer sets none. ITK still adds the intercept then. */
function addsToUnscaled({ sclSlope, sclInter }: NiftiFields): boolean {
  return isUnscaled({ sclSlope }) && sclInter !== 0 && Number.isFinite(sclInter)
}

/** Of one slice an sform may leave the third axis out; ITK refuses that. */
function hasFlatSform({ size, sformCode, srow }: NiftiFields): boolean {
  return size.length < 3 && sformCode > 0 && [2, 6, 10].every((at) => srow[at] === 0)
}

/** What of the voxels cannot be known from a header. */
function findContradiction({ version, axes, size, datatype, bitpix, sclSlope, sclInter }: NiftiFields): Message | undefined {
  if (axes < 1 || axes > 7) return tell('dimensions', { dimensions: axes })
  if (version === 2 && size.some((n) => n > longestNifti1Axis))
    return tell('axis-too-long', { voxels: Math.max(...size), most: longestNifti1Axis })
  const unreadable = unreadableTypes[datatype]
  if (unreadable !== undefined || !(datatype in bitsOf))
    return tell('voxel-type', { datatype, ...(unreadable && { kind: unreadable }) })
  const bits = bitsOf[datatype]
  // Some writers leave bitpix 0, which says nothing.
  if (bits !== undefined && bitpix !== 0 && bitpix !== bits) return tell('bitpix', { datatype, bits, bitpix })
  if (!isUnscaled({ sclSlope }) && !(Number.isFinite(sclSlope) && Number.isFinite(sclInter)))
    return tell('scaling-not-finite', { slope: sclSlope, intercept: sclInter })
  if (!isUnscaled({ sclSlope }) && Math.abs(sclSlope) < smallestSlope) return tell('scaling-too-small', { slope: sclSlope })
  return undefined
}
