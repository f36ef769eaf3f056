import type { Message } from '../../core/messages/message.ts'
import { tell } from './messages.ts'
import type { RawHeader } from './rawHeader.ts'

const elementBytes: Readonly<Record<string, number>> = {
  MET_CHAR: 1,
  MET_UCHAR: 1,
  MET_SHORT: 2,
  MET_USHORT: 2,
  MET_INT: 4,
  MET_UINT: 4,
  MET_LONG: 4,
  MET_ULONG: 4,
  MET_FLOAT: 4,
  MET_LONG_LONG: 8,
  MET_ULONG_LONG: 8,
  MET_DOUBLE: 8,
}

/** Of four bytes by the format; the ITK that runs here takes them for eight. */
const longTypes = ['MET_LONG', 'MET_ULONG']

/**
 * Sizes and spacing of a MetaImage header; undefined if it is none. Source: ITK, MetaIO documentation.
 * @param text start of the file, one character a byte
 */
export function parseMetaHeader(text: string): RawHeader | undefined {
  const dataFileLine = /^ElementDataFile\s*=[^\n]*\n?/m.exec(text)
  if (!/^\s*(ObjectType|NDims|Comment)\s*=/.test(text) || !dataFileLine) return undefined
  const fields = new Map(
    text
      .slice(0, dataFileLine.index + dataFileLine[0].length)
      .split(/\r?\n/)
      .map((line) => line.split('='))
      .filter((parts) => parts.length >= 2)
      .map(([name, ...value]) => [name.trim(), value.join('=').trim()]),
  )
  const size = numbers(fields.get('DimSize'))
  const spacing = numbers(fields.get('ElementSpacing') ?? fields.get('ElementSize'))
  const channels = Number(fields.get('ElementNumberOfChannels') ?? 1)
  const dataFile = fields.get('ElementDataFile') ?? ''
  const local = /^local$/i.test(dataFile)
  const uncompressed = !/^true$/i.test(fields.get('CompressedData') ?? 'False')
  const bytes = elementBytes[fields.get('ElementType') ?? '']
  const compressedBytes = Number(fields.get('CompressedDataSize') ?? NaN)
  const voxelBytes = uncompressed ? size.reduce((product, n) => product * n, bytes * channels) : compressedBytes
  // HeaderSize counts from the start of the file that holds the voxels; -1 means that they are at its end.
  const headerSize = Number(fields.get('HeaderSize') ?? 0)
  const dataStart = headerSize > 0 ? headerSize : local ? dataFileLine.index + dataFileLine[0].length : 0
  const problem = findProblem(fields)
  return {
    size,
    spacingMm: size.slice(0, 3).map((_, axis) => spacing[axis] ?? 1),
    ...(Number.isFinite(voxelBytes) && { expectedBytes: dataStart + voxelBytes }),
    ...(uncompressed && Number.isFinite(voxelBytes) && headerSize >= 0 && { voxelBytes }),
    ...(!local && { voxelFile: dataFile }),
    ...(!uncompressed && { packed: true }),
    ...(longTypes.includes(fields.get('ElementType') ?? '') && { longs: true }),
    ...(problem && { problem }),
    warnings: [
      ...(fields.has('ElementSpacing') || fields.has('ElementSize') ? [] : [tell('no-voxel-size', { format: 'MetaImage' })]),
      ...warnAboutOrientation(fields),
    ],
  }
}

/** Each by all the names that it has; the first that is there counts. */
const placeNames = ['Offset', 'Position', 'Origin']
const matrixNames = ['TransformMatrix', 'Orientation', 'Rotation']

/** Fields of the format that ITK reads over, or fails without a word on. */
function findProblem(fields: ReadonlyMap<string, string>): Message | undefined {
  const missing = ['NDims', 'DimSize', 'ElementType'].find((name) => !fields.has(name))
  if (missing !== undefined) return tell('missing-field', { field: missing })
  const [dimension, sizes] = [Number(fields.get('NDims')), numbers(fields.get('DimSize')).length]
  if (dimension !== sizes) return tell('dimension-and-sizes', { dimension, sizes })
  const type = fields.get('ElementType')!
  if (!Object.hasOwn(elementBytes, type)) return tell('element-type', { type })
  for (const names of [placeNames, matrixNames]) {
    const field = names.find((name) => fields.has(name))
    const given = field === undefined ? '' : fields.get(field)!
    if (field !== undefined && !numbers(given).every(Number.isFinite)) return tell('no-numbers', { field, given })
  }
  if (/^false$/i.test(fields.get('BinaryData') ?? 'True')) return tell('voxels-as-text', {})
  const unit = fields.get('DistanceUnits') ?? 'mm'
  if (/^(um|cm|m|inches|mi)$/i.test(unit)) return tell('length-unit', { unit })
  const [slope, offset] = [
    fields.get('ElementToIntensityFunctionSlope') ?? '1',
    fields.get('ElementToIntensityFunctionOffset') ?? '0',
  ]
  return Number(slope) !== 1 || Number(offset) !== 0 ? tell('intensity-function', { slope, offset }) : undefined
}

/** AnatomicalOrientation says for each axis where it comes from (RAI is LPS); only the matrix is read. */
function warnAboutOrientation(fields: ReadonlyMap<string, string>): Message[] {
  const letters = (fields.get('AnatomicalOrientation') ?? '').toUpperCase()
  if (!/^[RLAPIS]{3}$/.test(letters)) return []
  const given = matrixNames.map((name) => fields.get(name)).find((text) => text !== undefined)
  const matrix = numbers(given ?? '1 0 0 0 1 0 0 0 1')
  if (matrix.length !== 9 || !matrix.every(Number.isFinite)) return []
  const fromMatrix = [0, 1, 2]
    .map((axis) => {
      const vector = matrix.slice(3 * axis, 3 * axis + 3)
      const main = vector.map(Math.abs).indexOf(Math.max(...vector.map(Math.abs)))
      return ['RL', 'AP', 'IS'][main][vector[main] < 0 ? 1 : 0]
    })
    .join('')
  if (fromMatrix === letters) return []
  return [tell('anatomical-orientation', { letters, fromMatrix, hasMatrix: given !== undefined })]
}

function numbers(text = ''): number[] {
  return text.split(/\s+/).filter(Boolean).map(Number)
}
