import type { Message } from '../../core/messages/message.ts'
import { bytesOfText } from '../byteText.ts'
import { tell } from './messages.ts'
import type { RawHeader } from './rawHeader.ts'

const componentBytes: Readonly<Record<string, number>> = {
  char: 1,
  int8: 1,
  int8_t: 1,
  uchar: 1,
  uint8: 1,
  uint8_t: 1,
  short: 2,
  int16: 2,
  int16_t: 2,
  ushort: 2,
  uint16: 2,
  uint16_t: 2,
  int: 4,
  int32: 4,
  int32_t: 4,
  uint: 4,
  uint32: 4,
  uint32_t: 4,
  float: 4,
  longlong: 8,
  int64: 8,
  int64_t: 8,
  ulonglong: 8,
  uint64: 8,
  uint64_t: 8,
  double: 8,
}

const rangeKinds = /^(list|vector|.*-vector|.*-color|covariant-vector|complex|scalar|stub|.*matrix.*|quaternion|normal|point)$/

/**
 * Sizes and spacing of an NRRD header; undefined if it is none.
 * Source: teem.sourceforge.net/nrrd/format.html. Axes that hold components (kind vector, RGB-color ...) are no spatial axes.
 * @param text start of the file, one character a byte
 */
export function parseNrrdHeader(text: string): RawHeader | undefined {
  if (!/^NRRD\d{4}\r?\n/.test(text)) return undefined
  const headerEnd = /\r?\n\r?\n/.exec(text)
  const header = headerEnd ? text.slice(0, headerEnd.index) : text
  const fields = new Map(
    header
      .split(/\r?\n/)
      .map((line) => /^([^:#][^:]*):=?\s*(.*)$/.exec(line))
      .filter((match) => match !== null)
      .map(([, name, value]) => [name.trim().toLowerCase(), value.trim()]),
  )
  const sizes = (fields.get('sizes') ?? '').split(/\s+/).map(Number)
  const kinds: readonly string[] = (fields.get('kinds') ?? '').toLowerCase().match(/"[^"]*"|\S+/g) ?? []
  const directions = fields.get('space directions')?.match(/none|\([^)]*\)/g)
  const isSpatial = sizes.map(
    (_, axis) => directions?.[axis] !== 'none' && !rangeKinds.test((kinds[axis] ?? 'domain').replaceAll(/["\s]/g, '')),
  )
  const spacings = fields.get('spacings')?.split(/\s+/).map(Number)
  const spacing = (axis: number) => {
    if (directions) return vectorLength(directions[axis] ?? '')
    return spacings?.[axis] ?? 1
  }
  const type = (fields.get('type') ?? '')
    .replace(/^(signed|unsigned) /, '')
    .replace(/ int$/, '')
    .replaceAll(' ', '')
  const bytes = Object.hasOwn(componentBytes, type) ? componentBytes[type] : undefined
  const encoding = (fields.get('encoding') ?? '').toLowerCase()
  const raw = encoding === 'raw'
  const skippedBytes = Number(fields.get('byte skip') ?? 0)
  const segments = segmentsOf(fields, sizes.length === 4 ? sizes.find((_, axis) => !isSpatial[axis]) : undefined)
  const axes = sizes.map((_, axis) => ({ kind: kinds[axis] ?? '', direction: directions?.[axis] }))
  const problem =
    findMissingField(fields, sizes.length) ??
    findEncodingProblem(encoding) ??
    findByteOrderProblem(fields, encoding, bytes) ??
    findAxisProblem(axes) ??
    findUnitProblem(fields) ??
    findPlaceProblem(fields)
  const voxelFile = fields.get('data file') ?? fields.get('datafile')
  return {
    size: sizes,
    spacingMm: sizes
      .map((_, axis) => axis)
      .filter((axis) => isSpatial[axis])
      .slice(0, 3)
      .map(spacing),
    ...(voxelFile !== undefined && { voxelFile }),
    ...(raw &&
      bytes && {
        expectedBytes:
          (voxelFile === undefined && headerEnd ? headerEnd.index + headerEnd[0].length : 0) +
          Math.max(0, skippedBytes) +
          sizes.reduce((product, n) => product * n, bytes),
        ...(skippedBytes >= 0 && !fields.has('line skip') && { voxelBytes: sizes.reduce((product, n) => product * n, bytes) }),
      }),
    ...((kinds.includes('list') || (segments.length > 0 && sizes.length === 4)) && { listAxis: true }),
    ...(problem && { problem }),
    ...(segments.length > 0 && { segments }),
    warnings: [...warnAboutSpace(fields.get('space')), ...warnAboutPlace(fields)],
  }
}

/**
 * The segments of a segmentation of 3D Slicer, by the numbers of their keys. In files of before its layers (up to Slicer 4.10) each
 * segment has a layer of its own, with the label 1. Names are UTF-8.
 * @param layers of the file, where it has such an axis
 */
function segmentsOf(fields: ReadonlyMap<string, string>, layers: number | undefined): NonNullable<RawHeader['segments']> {
  const numbers = new Set(
    [...fields.keys()].flatMap((key) => /^segment(\d+)_(?:id|labelvalue)$/.exec(key)?.[1] ?? []).map(Number),
  )
  const sorted = [...numbers].sort((a, b) => a - b)
  const hasLayers = sorted.some((n) => fields.has(`segment${n}_layer`))
  const isOwnLayer = !hasLayers && layers === sorted.length
  return sorted.map((n, i) => {
    const name = fields.get(`segment${n}_name`) ?? fields.get(`segment${n}_id`) ?? `Segment ${n + 1}`
    return {
      layer: Number(fields.get(`segment${n}_layer`) ?? (isOwnLayer ? i : 0)),
      value: Number(fields.get(`segment${n}_labelvalue`) ?? (isOwnLayer ? 1 : n + 1)),
      name: new TextDecoder().decode(bytesOfText(name)),
    }
  })
}

/** What every NRRD header must give; ITK fails without a word on it. */
function findMissingField(fields: ReadonlyMap<string, string>, sizeCount: number): Message | undefined {
  const missing = ['type', 'dimension', 'sizes', 'encoding'].find((name) => !fields.has(name))
  if (missing !== undefined) return tell('missing-field', { field: missing })
  if (fields.get('type') === 'block') return tell('blocks', {})
  const dimension = Number(fields.get('dimension'))
  return dimension === sizeCount ? undefined : tell('dimension-and-sizes', { dimension, sizes: sizeCount })
}

function findEncodingProblem(encoding: string): Message | undefined {
  return /^(raw|gzip|gz|ascii|text|txt|hex)$/.test(encoding) ? undefined : tell('encoding', { encoding })
}

function findByteOrderProblem(
  fields: ReadonlyMap<string, string>,
  encoding: string,
  bytes: number | undefined,
): Message | undefined {
  if (fields.has('endian') || bytes === 1 || /^(ascii|text|txt)$/.test(encoding)) return undefined
  if (bytes === undefined) return tell('element-type', { type: fields.get('type') ?? '' })
  return tell('byte-order', { bytes })
}

/** ITK takes the axes whose kind is not one of components for axes of space, as many as the space must have, and any three for x, y, z. */
function findAxisProblem(
  axes: readonly { readonly kind: string; readonly direction: string | undefined }[],
): Message | undefined {
  const ofSpace = axes.filter(({ kind }) => !rangeKinds.test(kind.replaceAll(/["\s]/g, '')))
  const dimensions = axes.find(({ direction }) => direction?.startsWith('('))?.direction?.split(',').length
  const other = axes.findIndex((axis) => ofSpace.includes(axis) && axis.direction === 'none')
  const time = axes.findIndex(({ kind }) => kind === 'time')
  if (other >= 0) return tell('axis-outside-space', { axis: other + 1, isTime: time === other })
  if (time >= 0 && (time < axes.length - 1 || axes.length < 4)) return tell('axis-of-time', { axis: time + 1, axes: axes.length })
  if (dimensions !== undefined && dimensions !== ofSpace.length)
    return tell('space-dimensions', { axes: ofSpace.length, dimensions })
  return undefined
}

/** Lengths are taken for millimetres, by ITK too. */
function findUnitProblem(fields: ReadonlyMap<string, string>): Message | undefined {
  const units = fields.get('space units') ?? fields.get('units') ?? ''
  const other = (units.match(/"[^"]*"|\S+/g) ?? [])
    .map((unit) => unit.replaceAll('"', '').trim())
    .find(
      (unit) => /^([µuncdk]?m|micron|micromet\w*|nanomet\w*|centimet\w*|met(er|re)s?|inch(es)?|in)$/i.test(unit) && unit !== 'mm',
    )
  return other === undefined ? undefined : tell('length-unit', { unit: other })
}

/** Ways to say where voxels stand that ITK reads over. */
function findPlaceProblem(fields: ReadonlyMap<string, string>): Message | undefined {
  const space = fields.get('space') ?? ''
  if (/^(ras|las|(right|left)-anterior-superior-)t(ime)?$/i.test(space)) return tell('space-with-time', { space })
  if (!hasVoxelSize(fields) && fields.has('axis maxs')) return tell('axis-limits', {})
  return undefined
}

function warnAboutPlace(fields: ReadonlyMap<string, string>): Message[] {
  return [
    ...(hasVoxelSize(fields) ? [] : [tell('no-voxel-size', { format: 'NRRD' })]),
    ...(fields.has('old min') || fields.has('old max') ? [tell('values-of-others', {})] : []),
    ...(fields.has('space') && !fields.has('space origin') ? [tell('space-origin', {})] : []),
  ]
}

function hasVoxelSize(fields: ReadonlyMap<string, string>): boolean {
  return fields.has('space directions') || fields.has('spacings')
}

/** The spaces that ITK brings into LPS. */
const patientSpaces = [
  'left-posterior-superior',
  'lps',
  'left-posterior-superior-time',
  'lpst',
  'right-anterior-superior',
  'ras',
  'left-anterior-superior',
  'las',
]

function warnAboutSpace(space: string | undefined): Message[] {
  if (space !== undefined && patientSpaces.includes(space.toLowerCase())) return []
  return [tell('space-unknown', space === undefined ? {} : { space })]
}

function vectorLength(vector: string): number {
  return Math.hypot(
    ...vector
      .replaceAll(/[()\s]/g, '')
      .split(',')
      .map((part) => (part === '' ? NaN : Number(part))),
  )
}
