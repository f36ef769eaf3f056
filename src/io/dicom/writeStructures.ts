import { indexToPhysical, type VolumeSource } from '../../core/image/volume.ts'
import { traceOutlines } from '../../core/mask/traceOutlines.ts'
import type { Bytes } from '../sourceFile.ts'
import { dateAndTime, drawnSlices, identityElements, instanceElements, seriesItem, type DicomRegion } from './aboutSeries.ts'
import { decimalString, encodeDicomFile, newUid, type DicomElement } from './encodeDicom.ts'
import { refuse } from './messages.ts'

const structureSetClass = '1.2.840.10008.5.1.4.1.1.481.3'
/** What the reference to the study has as its class: retired, and still what readers expect there. */
const studyClass = '1.2.840.10008.3.1.2.3.1'

export interface StructuresOptions {
  readonly seriesDescription: string
  /** Of the writing program. */
  readonly version: string
  readonly now: Date
  /** Gives another identifier at each call. */
  readonly newUid: () => string
}

export const defaultStructuresOptions: Omit<StructuresOptions, 'version' | 'now'> = {
  seriesDescription: 'Texel ROI',
  newUid,
}

/**
 * Masks as a DICOM structure set (RTSTRUCT) of the series that they were drawn on, a structure each, numbered from 1; they may overlap:
 * closed contours slice by slice along the edges of the voxels, a hole reached by a channel without width, as DICOM asks. Filled again on the same grid they are the masks.
 * Of the patient it holds what the series holds. In implicit little endian, where a contour may have any number of points.
 * @param regions at least one; empty ones are left out
 * @param source of the image, on whose grid the masks are
 * @throws DataError if all masks are empty, or the image was not read from DICOM
 */
export function writeStructures(regions: readonly DicomRegion[], source: VolumeSource, options: StructuresOptions): Bytes {
  const { reference, dicom } = source
  const [columns, rows, slices] = regions[0].mask.size
  if (!reference || reference.slices.length !== slices) throw refuse('not-from-dicom', { kind: 'structure set' })
  const filled = regions.map((region) => ({ ...region, drawn: drawnSlices(region.mask) })).filter(({ drawn }) => drawn.length > 0)
  if (filled.length === 0) throw refuse('empty-mask', { kind: 'structure set' })
  const sourceClass = dicom?.SOPClassUID ?? ''
  const identity = identityElements(reference.identity, options.newUid)
  const valueOf = (tag: string) => identity.find(([own]) => own === tag)![2]
  const frame: DicomElement = ['00200052', 'UI', valueOf('00200052')]
  const [date, time] = dateAndTime(options.now)

  const perSlice = columns * rows
  const contoursOf = ({ mask, drawn }: (typeof filled)[number]) =>
    drawn.flatMap((slice) =>
      traceOutlines(mask.voxels.subarray(slice * perSlice, (slice + 1) * perSlice), [columns, rows]).map(
        (outline): DicomElement[] => [
          ['30060016', 'SQ', [instanceElements(reference.slices[slice], sourceClass)]],
          ['30060042', 'CS', 'CLOSED_PLANAR'],
          ['30060046', 'IS', String(outline.length)],
          ['30060050', 'DS', outline.flatMap(([x, y]) => indexToPhysical(mask, [x, y, slice]).map(decimalString))],
        ],
      ),
    )
  const series = seriesItem(dicom?.SeriesInstanceUID ?? '', reference.slices, sourceClass).map(
    ([tag, vr, value]): DicomElement => [tag === '0008114a' ? '30060016' : tag, vr, value],
  )
  const elements: DicomElement[] = [
    ...identity,
    ['00080060', 'CS', 'RTSTRUCT'],
    ['00080070', 'LO', 'Texel'],
    ['0008103e', 'LO', options.seriesDescription.slice(0, 64)],
    ['00081070', 'PN', ''],
    ['00081090', 'LO', 'Texel'],
    ['00181020', 'LO', options.version],
    ['0020000e', 'UI', options.newUid()],
    ['00200011', 'IS', String(2000 + (Number.parseInt(dicom?.SeriesNumber ?? '0', 10) || 0))],
    ['00200013', 'IS', '1'],
    ['30060002', 'SH', 'ROI'],
    ['30060008', 'DA', date],
    ['30060009', 'TM', time],
    [
      '30060010',
      'SQ',
      [
        [
          frame,
          [
            '30060012',
            'SQ',
            [
              [
                ['00081150', 'UI', studyClass],
                ['00081155', 'UI', valueOf('0020000d')],
                ['30060014', 'SQ', [series]],
              ],
            ],
          ],
        ],
      ],
    ],
    [
      '30060020',
      'SQ',
      filled.map(({ label }, i): DicomElement[] => [
        ['30060022', 'IS', String(i + 1)],
        ['30060024', 'UI', frame[2]],
        ['30060026', 'LO', label.slice(0, 64)],
        // By hand, by tools that propose, or read from a file: the history of a mask does not tell.
        ['30060036', 'CS', 'SEMIAUTOMATIC'],
      ]),
    ],
    [
      '30060039',
      'SQ',
      filled.map((region, i): DicomElement[] => [
        ['3006002a', 'IS', region.colour.map(String)],
        ['30060040', 'SQ', contoursOf(region)],
        ['30060084', 'IS', String(i + 1)],
      ]),
    ],
    [
      '30060080',
      'SQ',
      filled.map((_, i): DicomElement[] => [
        ['30060082', 'IS', String(i + 1)],
        ['30060084', 'IS', String(i + 1)],
        ['300600a4', 'CS', ''],
        ['300600a6', 'PN', ''],
      ]),
    ],
    ['300e0002', 'CS', 'UNAPPROVED'],
  ]
  return encodeDicomFile(structureSetClass, options.newUid(), elements, 'implicit')
}
