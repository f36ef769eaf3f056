import type { Direction } from '../../core/image/volume.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'
import type { NiftiFields } from './niftiFields.ts'
import { isSameHeaderGrid, sameCosine, type HeaderGrid } from './rawHeader.ts'

/** Axes whose cosine is above this are not perpendicular. ITK refuses the same. */
const shearedCosine = 1e-4
/** b² + c² + d² above 1 by more than rounding: no rotation. */
const quaternionExcess = 1e-4

const mmPerUnit: Readonly<Record<number, readonly [number, string]>> = { 1: [1000, 'metres'], 3: [1e-3, 'micrometres'] }

/** A way from voxels to the patient, RAS in the file's unit: columns of the matrix are axes times spacing. */
interface Form {
  readonly columns: readonly [Triple, Triple, Triple]
  readonly offset: Triple
}

/**
 * Where the voxels stand by the standard, in LPS: the sform where it is set and either of the scanner (code 1) or like the
 * qform, else the qform, else the spacings alone. The spacing of an sform is the length of its columns, never pixdim.
 * Source: nifti1.h, methods 1 to 3; the choice between two forms as in ITK (itkNiftiImageIO.cxx), which takes pixdim, though.
 */
export function niftiGrid(fields: NiftiFields): { grid?: HeaderGrid; problem?: string; warnings: string[] } {
  const { pixdim, size, xyztUnits, qformCode, sformCode } = fields
  const axes = Math.min(size.length, 3)
  const spacing = [1, 2, 3].map((i) =>
    i <= axes || (pixdim[i] > 0 && Number.isFinite(pixdim[i])) ? pixdim[i] : 1,
  ) as unknown as Triple
  // Told as a bad spacing.
  if (!spacing.every((mm) => mm > 0 && Number.isFinite(mm))) return { warnings: [] }
  const [scale, unit] = mmPerUnit[xyztUnits & 7] ?? [1, '']
  const toGrid = (form: Form) => gridOf(form, scale)
  const warnings = unit ? [`The header gives lengths in ${unit}; they are read as millimetres.`] : []
  if (qformCode <= 0 && sformCode <= 0) {
    const [x, y, z] = spacing
    return {
      grid: { spacingMm: [x * scale, y * scale, z * scale], originMm: [0, 0, 0], direction: [1, 0, 0, 0, 1, 0, 0, 0, 1] },
      warnings: [
        ...warnings,
        'The header gives no orientation (qform_code and sform_code are 0): left, front and top are unknown. The axes are taken for left, back and up, the first voxel for 0.',
      ],
    }
  }
  const q = qformCode > 0 ? quaternionForm(fields, spacing) : undefined
  const s = sformCode > 0 ? affineForm(fields, spacing, axes) : undefined
  if (q && s && 'columns' in q && 'columns' in s) {
    const [fromQ, fromS] = [toGrid(q), toGrid(s)]
    const isSame = isSameHeaderGrid(fromQ, fromS)
    const takesS = isSame || sformCode === 1
    return {
      grid: takesS ? fromS : fromQ,
      warnings: isSame ? warnings : [...warnings, describeDisagreement(fromS, fromQ, takesS, sformCode)],
    }
  }
  if (s && 'columns' in s) {
    const grid = toGrid(s)
    const stated = toGrid({
      ...s,
      columns: s.columns.map((column, i) => timesLength(column, spacing[i])) as unknown as Form['columns'],
    })
    return {
      grid,
      warnings: [
        ...warnings,
        ...(q && 'problem' in q ? [`The qform is left out: ${q.problem} The sform is used.`] : []),
        ...(isSameHeaderGrid(grid, stated)
          ? []
          : [
              `The voxel size in the header (pixdim ${lengths(stated)}) is not that of its sform (${lengths(grid)}): the sform's is used, as the NIfTI standard says. Check which of the two is right.`,
            ]),
      ],
    }
  }
  if (q && 'columns' in q)
    return {
      grid: toGrid(q),
      warnings: [...warnings, ...(s && 'problem' in s ? [`The sform is left out: ${s.problem} The qform is used.`] : [])],
    }
  return { problem: [s, q].flatMap((form) => (form && 'problem' in form ? form.problem : [])).join(' '), warnings }
}

function describeDisagreement(s: HeaderGrid, q: HeaderGrid, takesS: boolean, sformCode: number): string {
  const apart = Math.hypot(...s.originMm.map((mm, axis) => mm - q.originMm[axis]))
  const turned = Math.max(...s.direction.map((cosine, i) => Math.abs(cosine - q.direction[i]))) > sameCosine
  const differences = [
    `voxels of ${lengths(s)} and ${lengths(q)}`,
    `first voxels ${apart.toFixed(2)} mm apart`,
    ...(turned ? ['axes in different directions'] : []),
  ]
  const why = takesS
    ? 'The sform is used.'
    : `The qform, of the scanner, is used; the sform is of another space (code ${sformCode}).`
  return `The header's sform and qform disagree: ${differences.join(', ')}. ${why} Check where the mask lies on the image.`
}

function quaternionForm(
  { quatern: [qb, qc, qd], qoffset, pixdim }: NiftiFields,
  [x, y, z]: Triple,
): Form | { readonly problem: string } {
  const square = qb * qb + qc * qc + qd * qd
  if (!qoffset.every(Number.isFinite)) return { problem: `The offset of the qform is no number (${qoffset.join(', ')}).` }
  if (!(square <= 1 + quaternionExcess))
    return {
      problem: `The quaternion of the qform (${[qb, qc, qd].map(short).join(', ')}) is no rotation: its length is ${Math.sqrt(square).toPrecision(7)}, at most 1 is allowed.`,
    }
  // Over 1 by rounding it is half a turn, whose axis has length 1, as the standard's own program (nifti1_io.c) takes it.
  const a = Math.sqrt(Math.max(0, 1 - square))
  const [b, c, d] = square > 1 ? timesLength([qb, qc, qd], 1) : [qb, qc, qd]
  const zSigned = pixdim[0] < 0 ? -z : z
  return {
    columns: [
      [x * (a * a + b * b - c * c - d * d), x * 2 * (b * c + a * d), x * 2 * (b * d - a * c)],
      [y * 2 * (b * c - a * d), y * (a * a + c * c - b * b - d * d), y * 2 * (c * d + a * b)],
      [zSigned * 2 * (b * d + a * c), zSigned * 2 * (c * d - a * b), zSigned * (a * a + d * d - c * c - b * b)],
    ],
    offset: qoffset,
  }
}

function affineForm({ srow }: NiftiFields, spacing: Triple, axes: number): Form | { readonly problem: string } {
  const column = (j: number): Triple => [srow[j], srow[4 + j], srow[8 + j]]
  if (!srow.every(Number.isFinite)) return { problem: 'The sform holds entries that are no numbers.' }
  const given = [column(0), column(1), column(2)] as const
  // Of a 2D image the third axis may be left out.
  const third = axes < 3 && length(given[2]) === 0 ? timesLength(cross(given[0], given[1]), spacing[2]) : given[2]
  const columns = [given[0], given[1], third] as const
  const unit = columns.map((axis) => timesLength(axis, 1))
  const cosines = [dot(unit[0], unit[1]), dot(unit[0], unit[2]), dot(unit[1], unit[2])].map(Math.abs)
  const volume = Math.abs(dot(cross(unit[0], unit[1]), unit[2]))
  if (!(volume > 1e-3)) return { problem: 'The sform is singular: its axes lie in one plane or have no length.' }
  const worst = Math.max(...cosines)
  if (worst > shearedCosine)
    return {
      problem: `The sform is sheared: two of its axes meet at ${((Math.acos(worst) * 180) / Math.PI).toFixed(2)}° instead of 90°. Resample the image onto perpendicular axes first.`,
    }
  return { columns, offset: [srow[3], srow[7], srow[11]] }
}

/** RAS to LPS, the file's unit to millimetres. */
function gridOf({ columns, offset }: Form, scale: number): HeaderGrid {
  const [x, y, z] = columns.map((column) => timesLength(column, 1))
  const direction: Direction = [-x[0], -y[0], -z[0], -x[1], -y[1], -z[1], x[2], y[2], z[2]]
  return {
    spacingMm: columns.map((column) => scale * length(column)) as unknown as Triple,
    originMm: [-scale * offset[0] + 0, -scale * offset[1] + 0, scale * offset[2] + 0],
    direction: direction.map((cosine) => cosine + 0) as unknown as Direction,
  }
}

const length = (v: Triple) => Math.hypot(...v)
const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const cross = ([a, b, c]: Triple, [d, e, f]: Triple): Triple => [b * f - c * e, c * d - a * f, a * e - b * d]

function timesLength(v: Triple, wanted: number): Triple {
  const factor = wanted / length(v)
  return [v[0] * factor, v[1] * factor, v[2] * factor]
}

const short = (value: number) => String(Number(value.toPrecision(4)))
const lengths = ({ spacingMm }: HeaderGrid) => `${spacingMm.map(short).join(' x ')} mm`
