import type { Direction } from '../../core/image/volume.ts'
import type { Message } from '../../core/messages/message.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'
import { tell, type LengthUnit } from './messages.ts'
import type { NiftiFields } from './niftiFields.ts'
import { isSameHeaderGrid, sameCosine, type HeaderGrid } from './rawHeader.ts'

/** Axes whose cosine is above this are not perpendicular. ITK refuses the same. */
const shearedCosine = 1e-4
/** b² + c² + d² above 1 by more than rounding: no rotation. */
const quaternionExcess = 1e-4

const mmPerUnit: Readonly<Record<number, readonly [number, LengthUnit]>> = { 1: [1000, 'metres'], 3: [1e-3, 'micrometres'] }

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
export function niftiGrid(fields: NiftiFields): { grid?: HeaderGrid; problem?: Message; warnings: Message[] } {
  const { pixdim, size, xyztUnits, qformCode, sformCode } = fields
  const axes = Math.min(size.length, 3)
  const spacing = [1, 2, 3].map((i) =>
    i <= axes || (pixdim[i] > 0 && Number.isFinite(pixdim[i])) ? pixdim[i] : 1,
  ) as unknown as Triple
  // Told as a bad spacing.
  if (!spacing.every((mm) => mm > 0 && Number.isFinite(mm))) return { warnings: [] }
  const [scale, unit] = mmPerUnit[xyztUnits & 7] ?? [1]
  const toGrid = (form: Form) => gridOf(form, scale)
  const warnings = unit ? [tell('read-as-mm', { unit })] : []
  if (qformCode <= 0 && sformCode <= 0) {
    const [x, y, z] = spacing
    return {
      grid: { spacingMm: [x * scale, y * scale, z * scale], originMm: [0, 0, 0], direction: [1, 0, 0, 0, 1, 0, 0, 0, 1] },
      warnings: [...warnings, tell('no-nifti-orientation', {})],
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
      warnings: isSame ? warnings : [...warnings, warnOfDisagreement(fromS, fromQ, takesS, sformCode)],
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
        ...(q && 'problem' in q ? [tell('form-left-out', { form: 'qform', problem: q.problem })] : []),
        ...(isSameHeaderGrid(grid, stated) ? [] : [tell('pixdim', { pixdimMm: stated.spacingMm, sformMm: grid.spacingMm })]),
      ],
    }
  }
  if (q && 'columns' in q)
    return {
      grid: toGrid(q),
      warnings: [...warnings, ...(s && 'problem' in s ? [tell('form-left-out', { form: 'sform', problem: s.problem })] : [])],
    }
  const problems = [s, q].flatMap((form) => (form && 'problem' in form ? form.problem : []))
  return { problem: tell('no-form', { problems }), warnings }
}

function warnOfDisagreement(s: HeaderGrid, q: HeaderGrid, takesS: boolean, sformCode: number): Message {
  return tell('forms-disagree', {
    sformMm: s.spacingMm,
    qformMm: q.spacingMm,
    apartMm: Math.hypot(...s.originMm.map((mm, axis) => mm - q.originMm[axis])),
    isTurned: Math.max(...s.direction.map((cosine, i) => Math.abs(cosine - q.direction[i]))) > sameCosine,
    used: takesS ? 'sform' : 'qform',
    sformCode,
  })
}

function quaternionForm(
  { quatern: [qb, qc, qd], qoffset, pixdim }: NiftiFields,
  [x, y, z]: Triple,
): Form | { readonly problem: Message } {
  const square = qb * qb + qc * qc + qd * qd
  if (!qoffset.every(Number.isFinite)) return { problem: tell('qform-offset', { offset: qoffset }) }
  if (!(square <= 1 + quaternionExcess))
    return { problem: tell('quaternion', { quaternion: [qb, qc, qd], length: Math.sqrt(square) }) }
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

function affineForm({ srow }: NiftiFields, spacing: Triple, axes: number): Form | { readonly problem: Message } {
  const column = (j: number): Triple => [srow[j], srow[4 + j], srow[8 + j]]
  if (!srow.every(Number.isFinite)) return { problem: tell('sform-not-finite', {}) }
  const given = [column(0), column(1), column(2)] as const
  // Of a 2D image the third axis may be left out.
  const third = axes < 3 && length(given[2]) === 0 ? timesLength(cross(given[0], given[1]), spacing[2]) : given[2]
  const columns = [given[0], given[1], third] as const
  const unit = columns.map((axis) => timesLength(axis, 1))
  const cosines = [dot(unit[0], unit[1]), dot(unit[0], unit[2]), dot(unit[1], unit[2])].map(Math.abs)
  const volume = Math.abs(dot(cross(unit[0], unit[1]), unit[2]))
  if (!(volume > 1e-3)) return { problem: tell('sform-singular', {}) }
  const worst = Math.max(...cosines)
  if (worst > shearedCosine) return { problem: tell('sform-sheared', { angleDegrees: (Math.acos(worst) * 180) / Math.PI }) }
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
