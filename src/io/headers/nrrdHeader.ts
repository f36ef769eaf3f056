import { bytesOfText } from '../byteText.ts'
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
  const bytes =
    componentBytes[
      (fields.get('type') ?? '')
        .replace(/^(signed|unsigned) /, '')
        .replace(/ int$/, '')
        .replaceAll(' ', '')
    ]
  const encoding = (fields.get('encoding') ?? '').toLowerCase()
  const raw = encoding === 'raw'
  const skippedBytes = Number(fields.get('byte skip') ?? 0)
  const segments = segmentsOf(fields)
  const axes = sizes.map((_, axis) => ({ kind: kinds[axis] ?? '', direction: directions?.[axis] }))
  const problem =
    findMissingField(fields, sizes.length) ??
    findEncodingProblem(encoding) ??
    findByteOrderProblem(fields, encoding, bytes) ??
    findAxisProblem(axes) ??
    asProblem(findUnitProblem(fields) ?? findPlaceProblem(fields))
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
    ...problem,
    ...(segments.length > 0 && { segments }),
    warnings: [...warnAboutSpace(fields.get('space')), ...warnAboutPlace(fields)],
  }
}

/** The segments of a segmentation of 3D Slicer; those of files of before its layers have none. Names are UTF-8. */
function segmentsOf(fields: ReadonlyMap<string, string>): NonNullable<RawHeader['segments']> {
  const named: { layer: number; value: number; name: string }[] = []
  for (let i = 0; fields.has(`segment${i}_id`) || fields.has(`segment${i}_labelvalue`); i++) {
    const name = fields.get(`segment${i}_name`) ?? fields.get(`segment${i}_id`) ?? `Segment ${i + 1}`
    named.push({
      layer: Number(fields.get(`segment${i}_layer`) ?? 0),
      value: Number(fields.get(`segment${i}_labelvalue`) ?? i + 1),
      name: new TextDecoder().decode(bytesOfText(name)),
    })
  }
  return named
}

type Problem = Required<Pick<RawHeader, 'problem'>> & Pick<RawHeader, 'remedy'>

function asProblem(problem: string | undefined): Problem | undefined {
  return problem === undefined ? undefined : { problem }
}

/** What every NRRD header must give; ITK fails without a word on it. */
function findMissingField(fields: ReadonlyMap<string, string>, sizeCount: number): Problem | undefined {
  const missing = ['type', 'dimension', 'sizes', 'encoding'].find((name) => !fields.has(name))
  if (missing !== undefined) return { problem: `The header lacks the field "${missing}".` }
  if (fields.get('type') === 'block') return { problem: 'The voxels are blocks of bytes (type "block"), not numbers.' }
  const dimension = Number(fields.get('dimension'))
  return dimension === sizeCount
    ? undefined
    : { problem: `The header contradicts itself: its dimension is ${dimension}, its sizes are of ${sizeCount} axes.` }
}

function findEncodingProblem(encoding: string): Problem | undefined {
  if (/^(raw|gzip|gz|ascii|text|txt|hex)$/.test(encoding)) return undefined
  const packing = /^bz(ip)?2$/.test(encoding) ? 'bzip2' : `an encoding that is not known, "${encoding}"`
  return {
    problem: `The voxels of this NRRD file are packed with ${packing}; raw and gzip can be read.`,
    remedy: 'Open it in the program that wrote it, or 3D Slicer, and save it without compression.',
  }
}

function findByteOrderProblem(fields: ReadonlyMap<string, string>, encoding: string, bytes: number): Problem | undefined {
  if (fields.has('endian') || bytes === 1 || /^(ascii|text|txt)$/.test(encoding)) return undefined
  return {
    problem: `The header does not give the byte order (endian) of its numbers of ${bytes} bytes.`,
    remedy: 'Add the line "endian: little" or "endian: big" to the header, whichever gives the right image, or export it again.',
  }
}

/** ITK takes the axes whose kind is not one of components for axes of space, as many as the space must have, and any three for x, y, z. */
function findAxisProblem(
  axes: readonly { readonly kind: string; readonly direction: string | undefined }[],
): Problem | undefined {
  const ofSpace = axes.filter(({ kind }) => !rangeKinds.test(kind.replaceAll(/["\s]/g, '')))
  const dimensions = axes.find(({ direction }) => direction?.startsWith('('))?.direction?.split(',').length
  const other = axes.findIndex((axis) => ofSpace.includes(axis) && axis.direction === 'none')
  const time = axes.findIndex(({ kind }) => kind === 'time')
  const separate = 'or save each volume as a file of its own'
  if (other >= 0)
    return {
      problem: `Axis ${other + 1} has no direction in space${time === other ? ' and is one of time (kind "time")' : ''}; several volumes can be read where its kind is "list".`,
      remedy: `Write "list" in its place in the line "kinds" of the header, ${separate}.`,
    }
  if (time >= 0 && (time < axes.length - 1 || axes.length < 4))
    return {
      problem: `Axis ${time + 1} of ${axes.length} is one of time (kind "time"); it can be read where it follows three axes of space.`,
      remedy: `Save the image with time last, ${separate}.`,
    }
  if (dimensions !== undefined && dimensions !== ofSpace.length)
    return {
      problem: `The header contradicts itself: ${ofSpace.length} axes of the image lie in a space of ${dimensions} dimensions.`,
    }
  return undefined
}

/** Lengths are taken for millimetres, by ITK too. */
function findUnitProblem(fields: ReadonlyMap<string, string>): string | undefined {
  const units = fields.get('space units') ?? fields.get('units') ?? ''
  const other = (units.match(/"[^"]*"|\S+/g) ?? [])
    .map((unit) => unit.replaceAll('"', '').trim())
    .find(
      (unit) => /^([µuncdk]?m|micron|micromet\w*|nanomet\w*|centimet\w*|met(er|re)s?|inch(es)?|in)$/i.test(unit) && unit !== 'mm',
    )
  return other === undefined ? undefined : `The header gives lengths in "${other}"; millimetres are needed.`
}

/** Ways to say where voxels stand that ITK reads over. */
function findPlaceProblem(fields: ReadonlyMap<string, string>): string | undefined {
  const space = fields.get('space') ?? ''
  if (/^(ras|las|(right|left)-anterior-superior-)t(ime)?$/i.test(space))
    return `The header gives the space "${space}"; of spaces with time only left-posterior-superior-time can be read.`
  if (!hasVoxelSize(fields) && fields.has('axis maxs'))
    return 'The header gives the size of its voxels by axis mins and axis maxs; spacings or space directions are needed.'
  return undefined
}

function warnAboutPlace(fields: ReadonlyMap<string, string>): string[] {
  return [
    ...(hasVoxelSize(fields) ? [] : ['The header gives no voxel size (space directions or spacings): 1 mm is taken.']),
    ...(fields.has('old min') || fields.has('old max')
      ? ['The header says that the values were made of others (old min, old max): the stored ones are taken.']
      : []),
    ...(fields.has('space') && !fields.has('space origin')
      ? ['The header gives no space origin: the first voxel is taken to be at 0.']
      : []),
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

function warnAboutSpace(space: string | undefined): string[] {
  if (space !== undefined && patientSpaces.includes(space.toLowerCase())) return []
  return [
    `The header ${space === undefined ? 'gives no space' : `gives the space "${space}"`}: left, front and top are unknown. The axes are taken for left, back and up (LPS).`,
  ]
}

function vectorLength(vector: string): number {
  return Math.hypot(
    ...vector
      .replaceAll(/[()\s]/g, '')
      .split(',')
      .map((part) => (part === '' ? NaN : Number(part))),
  )
}
