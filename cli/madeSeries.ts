import { encodeDicomFile, type DicomElement } from '../src/io/dicom/encodeDicom.ts'

/** Test support: an axial MR series, uint16, slices 2 mm apart, written as the files of a scanner are. */
export interface MadeSeries {
  /** Columns, rows and slices. */
  readonly size: readonly [number, number, number]
  /** A value a voxel, by column, row and slice. */
  readonly value: (column: number, row: number, slice: number) => number
  /** Of the folder and the series. */
  readonly name?: string
  /** Tells identifiers of series from each other. */
  readonly number?: number
  /** Further elements of every file, or in place of those written. */
  readonly elements?: readonly DicomElement[]
}

/** @returns a file a slice, upwards */
export function makeSeries({ size: [columns, rows, slices], value, name = 'made', number = 0, elements = [] }: MadeSeries) {
  const others = new Set(elements.map(([tag]) => tag))
  const suffix = number === 0 ? '' : `.${number}`
  const mr = '1.2.840.10008.5.1.4.1.1.4'
  return Array.from({ length: slices }, (_, slice) => {
    const pixels = Uint16Array.from({ length: columns * rows }, (_, at) => value(at % columns, Math.floor(at / columns), slice))
    const own: DicomElement[] = [
      ['00080060', 'CS', 'MR'],
      ['0008103e', 'LO', name],
      ['00100020', 'LO', 'MADE'],
      ['0020000d', 'UI', '2.25.7001'],
      ['0020000e', 'UI', `2.25.7002${suffix}`],
      ['00200013', 'IS', `${slice + 1}`],
      ['00200032', 'DS', ['0', '0', `${2 * slice}`]],
      ['00200037', 'DS', ['1', '0', '0', '0', '1', '0']],
      ['00200052', 'UI', '2.25.7003'],
      ['00280002', 'US', [1]],
      ['00280004', 'CS', 'MONOCHROME2'],
      ['00280010', 'US', [rows]],
      ['00280011', 'US', [columns]],
      ['00280030', 'DS', ['1', '0.5']],
      ['00280100', 'US', [16]],
      ['00280101', 'US', [16]],
      ['00280102', 'US', [15]],
      ['00280103', 'US', [0]],
      ['7fe00010', 'OW', new Uint8Array(pixels.buffer)],
    ]
    const bytes = encodeDicomFile(mr, `2.25.7000${suffix}.${slice + 1}`, [
      ...own.filter(([tag]) => !others.has(tag)),
      ...elements,
    ])
    return { path: `${name}/${String(slice + 1).padStart(3, '0')}.dcm`, bytes }
  })
}
