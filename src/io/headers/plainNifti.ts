import type { PixelType } from '../../core/numeric/voxelArray.ts'
import type { NiftiFields } from './niftiFields.ts'

/** What is needed to read a NIfTI file as ITK reads it, without ITK. */
export interface PlainNifti {
  /** As the voxels lie in the file, little-endian. */
  readonly storedType: PixelType
  /** Of integers that become float32: the stored value times the slope, plus the intercept. */
  readonly scaling?: { readonly slope: number; readonly intercept: number }
  /** Bytes before the first voxel. */
  readonly voxelOffset: number
  /** Of three axes, or four for several volumes. */
  readonly size: readonly number[]
  /** The grid that ITK finds, LPS; a matrix row by row with as many axes as `size`. */
  readonly spacing: readonly number[]
  readonly origin: readonly number[]
  readonly direction: Float64Array<ArrayBuffer>
}

const storedTypes: Readonly<Record<number, PixelType>> = {
  2: 'uint8', 4: 'int16', 8: 'int32', 16: 'float32', 64: 'float64', 256: 'int8', 512: 'uint16', 768: 'uint32',
} // prettier-ignore

/** Half of what ITK lets an sform be off: between the two it may decide either way. */
const perpendicular = 5e-5
/** Outside these, ITK's check of the sform by its inverse may fail for rounding. */
const usualMm = { smallest: 1e-3, largest: 1e5 }
/** ITK takes a slope or intercept below the double epsilon for none. */
const leastScaling = 1e-12

type Column = readonly [number, number, number]

/**
 * A NIfTI-1 file of usual make: header and little-endian voxels in one file, one grey value a voxel, three or four axes,
 * millimetres, and one form, or none, that ITK is known to choose. Undefined for all others, which ITK is to read.
 * Source: itkNiftiImageIO.cxx of ITK 5.4 and nifti1_io.c of its NIfTI library.
 */
export function plainNifti(fields: NiftiFields): PlainNifti | undefined {
  const { version, inOneFile, littleEndian, voxOffset, pixdim, datatype, xyztUnits } = fields
  const size = fields.size.length === 4 && fields.size[3] === 1 ? fields.size.slice(0, 3) : fields.size
  const storedType = storedTypes[datatype]
  const form = chooseForm(fields)
  const scaling = scalingOf(fields)
  const isUsual =
    version === 1 && inOneFile && littleEndian && voxOffset >= 352 && Number.isInteger(voxOffset) &&
    (size.length === 3 || size.length === 4) && size.every((n) => n > 0) &&
    [0, 2].includes(xyztUnits & 7) &&
    pixdim.slice(1, 4).every((mm) => mm >= usualMm.smallest && mm <= usualMm.largest) // prettier-ignore
  if (!isUsual || !storedType || !form || !scaling) return undefined
  if (scaling !== 'none' && storedType.startsWith('float')) return undefined
  return {
    storedType,
    ...(scaling !== 'none' && { scaling }),
    voxelOffset: voxOffset,
    size,
    spacing: size.map((_, axis) => pixdim[axis + 1]),
    ...withAxes(form, size.length),
  }
}

/** Undefined where ITK may make something of its own of the header's numbers. */
function scalingOf({ sclSlope, sclInter }: NiftiFields): PlainNifti['scaling'] | 'none' {
  // What is no finite number ITK's library takes for 0, and a slope of 0 means unscaled.
  const slope = Number.isFinite(sclSlope) && sclSlope !== 0 ? sclSlope : 1
  const intercept = Number.isFinite(sclInter) ? sclInter : 0
  if (slope === 1 && intercept === 0) return 'none'
  const isUsual = [slope, intercept].every((value) => value === 0 || Math.abs(value) > leastScaling)
  return isUsual && slope === sclSlope && intercept === sclInter ? { slope, intercept } : undefined
}

/** A form in the file's own axes, RAS: columns are axes of any length. */
interface Form {
  readonly columns: readonly [Column, Column, Column]
  readonly offset: Column
}

function chooseForm(fields: NiftiFields): Form | 'none' | undefined {
  const { qformCode, sformCode } = fields
  if (qformCode <= 0 && sformCode <= 0) return 'none'
  // ITK takes an sform of the scanner, and one without a qform, if its axes are perpendicular; between others it weighs the two.
  if (sformCode > 0 && sformCode !== 1 && qformCode > 0) return undefined
  const form = sformCode > 0 ? affineForm(fields) : quaternionForm(fields)
  const lengths = form.columns.map(length)
  const isUsual =
    lengths.every((mm) => mm >= usualMm.smallest && mm <= usualMm.largest) &&
    form.offset.every((mm) => Math.abs(mm) <= usualMm.largest) &&
    isPerpendicular(form.columns.map((axis, i) => axis.map((part) => part / lengths[i])))
  return isUsual ? form : undefined
}

function affineForm({ srow }: NiftiFields): Form {
  const column = (j: number): Column => [srow[j], srow[4 + j], srow[8 + j]]
  return { columns: [column(0), column(1), column(2)], offset: column(3) }
}

/** float32 as nifti_quatern_to_mat44 gives it, which takes a half turn for exact below 1e-7. */
function quaternionForm({ quatern, qoffset, pixdim }: NiftiFields): Form {
  const square = quatern[0] * quatern[0] + quatern[1] * quatern[1] + quatern[2] * quatern[2]
  const isHalfTurn = 1 - square < 1e-7
  const a = isHalfTurn ? 0 : Math.sqrt(1 - square)
  const [b, c, d] = isHalfTurn ? quatern.map((part) => part * (1 / Math.sqrt(square))) : quatern
  const [x, y] = [pixdim[1], pixdim[2]]
  const z = pixdim[0] < 0 ? -pixdim[3] : pixdim[3]
  const column = (...entries: Column): Column => entries.map(Math.fround) as unknown as Column
  return {
    columns: [
      column((a * a + b * b - c * c - d * d) * x, 2 * (b * c + a * d) * x, 2 * (b * d - a * c) * x),
      column(2 * (b * c - a * d) * y, (a * a + c * c - b * b - d * d) * y, 2 * (c * d + a * b) * y),
      column(2 * (b * d + a * c) * z, 2 * (c * d - a * b) * z, (a * a + d * d - c * c - b * b) * z),
    ],
    offset: qoffset,
  }
}

/** Of a matrix whose columns have length 1: whether it times its transpose is the identity. */
function isPerpendicular(columns: readonly (readonly number[])[]): boolean {
  return [0, 1, 2].every((i) =>
    [0, 1, 2].every((j) => {
      const product = columns.reduce((sum, column) => sum + column[i] * column[j], 0)
      return Math.abs(product - (i === j ? 1 : 0)) <= perpendicular
    }),
  )
}

/** As ITK computes it, to the last bit: RAS becomes LPS, the columns get length 1. */
function withAxes(form: Form | 'none', axes: number): Pick<PlainNifti, 'origin' | 'direction'> {
  const direction = new Float64Array(axes * axes)
  for (let i = 0; i < axes; i++) direction[i * axes + i] = 1
  if (form === 'none') return { origin: Array<number>(axes).fill(0), direction }
  const toLps = (axis: number) => (axis < 2 ? -1 : 1)
  for (const [j, column] of form.columns.entries())
    for (let i = 0; i < 3; i++) direction[i * axes + j] = (toLps(i) * column[i]) / length(column)
  const origin = form.offset.map((mm, axis) => toLps(axis) * mm)
  return { origin: axes === 4 ? [...origin, 0] : origin, direction }
}

/** Not `Math.hypot`, which rounds otherwise than ITK's sum of squares. */
const length = ([x, y, z]: Column) => Math.sqrt(x * x + y * y + z * z)
