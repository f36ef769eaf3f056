import { indexToPhysical, type VolumeSource } from '../../core/image/volume.ts'
import type { Mask } from '../../core/mask/mask.ts'
import type { Bytes } from '../sourceFile.ts'
import { dateAndTime, drawnSlices, identityElements, instanceElements, seriesItem, type DicomRegion } from './aboutSeries.ts'
import { decimalString, encodeDicomFile, newUid, type DicomElement } from './encodeDicom.ts'
import { refuse } from './messages.ts'

const segmentationClass = '1.2.840.10008.5.1.4.1.1.66.4'

/** A coded concept: code, coding scheme, meaning. */
type Code = readonly [value: string, scheme: string, meaning: string]

export interface SegmentationOptions {
  readonly seriesDescription: string
  readonly category: Code
  readonly type: Code
  /** Of the writing program. */
  readonly version: string
  readonly now: Date
  /** Gives another identifier at each call. */
  readonly newUid: () => string
}

export const defaultSegmentationOptions: Omit<SegmentationOptions, 'version' | 'now'> = {
  seriesDescription: 'Texel ROI',
  category: ['49755003', 'SCT', 'Morphologically Abnormal Structure'],
  type: ['108369006', 'SCT', 'Neoplasm'],
  newUid,
}

/**
 * Masks as a DICOM segmentation (binary) of the series that they were drawn on, which it refers to slice by slice: a segment each,
 * numbered from 1; they may overlap. Of the patient it holds what the series holds; slices without a voxel are left out, as is usual.
 * Private and free text of the series stays there.
 * @param regions at least one; empty ones are left out
 * @param source of the image, on whose grid the masks are
 * @throws DataError if all masks are empty, or the image was not read from DICOM
 */
export function writeSegmentation(
  regions: readonly Omit<DicomRegion, 'colour'>[],
  source: VolumeSource,
  options: SegmentationOptions,
): Bytes {
  const { reference, dicom } = source
  const [{ mask: grid }] = regions
  const [columns, rows, slices] = grid.size
  if (!reference || reference.slices.length !== slices) throw refuse('not-from-dicom', { kind: 'segmentation' })
  const filled = regions.map((region) => ({ ...region, drawn: drawnSlices(region.mask) })).filter(({ drawn }) => drawn.length > 0)
  const frames = filled.flatMap(({ mask, drawn }, i) => drawn.map((slice, place) => ({ mask, segment: i + 1, slice, place: place + 1 }))) // prettier-ignore
  if (frames.length === 0) throw refuse('empty-mask', { kind: 'segmentation' })
  const sourceClass = dicom?.SOPClassUID ?? ''
  const { direction: d, spacingMm } = grid
  const dimensionUid = options.newUid()
  const [date, time] = dateAndTime(options.now)
  const elements: DicomElement[] = [
    ...identityElements(reference.identity, options.newUid),
    ['00080008', 'CS', ['DERIVED', 'PRIMARY']],
    ['00080021', 'DA', date],
    ['00080023', 'DA', date],
    ['00080031', 'TM', time],
    ['00080033', 'TM', time],
    ['00080060', 'CS', 'SEG'],
    ['00080070', 'LO', 'Texel'],
    ['0008103e', 'LO', options.seriesDescription.slice(0, 64)],
    ['00081090', 'LO', 'Texel'],
    ['00081115', 'SQ', [seriesItem(dicom?.SeriesInstanceUID ?? '', reference.slices, sourceClass)]],
    ['00181000', 'LO', '1'],
    ['00181020', 'LO', options.version],
    ['0020000e', 'UI', options.newUid()],
    ['00200011', 'IS', String(1000 + (Number.parseInt(dicom?.SeriesNumber ?? '0', 10) || 0))],
    ['00200013', 'IS', '1'],
    ['00209221', 'SQ', [[['00209164', 'UI', dimensionUid]]]],
    [
      '00209222',
      'SQ',
      [
        dimensionItem(dimensionUid, '0062000b', '0062000a', 'Segment'),
        dimensionItem(dimensionUid, '00200032', '00209113', 'Position'),
      ],
    ],
    ['00209311', 'CS', '3D'],
    ['00280002', 'US', [1]],
    ['00280004', 'CS', 'MONOCHROME2'],
    ['00280008', 'IS', String(frames.length)],
    ['00280010', 'US', [rows]],
    ['00280011', 'US', [columns]],
    ['00280100', 'US', [1]],
    ['00280101', 'US', [1]],
    ['00280102', 'US', [0]],
    ['00280103', 'US', [0]],
    ['00282110', 'CS', '00'],
    ['00620001', 'CS', 'BINARY'],
    ['00620002', 'SQ', filled.map(({ label }, i) => segmentItem(i + 1, label, options))],
    ['00620013', 'CS', 'NO'],
    ['00700080', 'CS', 'ROI'],
    ['00700081', 'LO', ''],
    ['00700084', 'PN', ''],
    [
      '52009229',
      'SQ',
      [
        [
          ['00209116', 'SQ', [[['00200037', 'DS', [d[0], d[3], d[6], d[1], d[4], d[7]].map(decimalString)]]]],
          [
            '00289110',
            'SQ',
            [
              [
                ['00180050', 'DS', decimalString(spacingMm[2])],
                ['00180088', 'DS', decimalString(spacingMm[2])],
                ['00280030', 'DS', [spacingMm[1], spacingMm[0]].map(decimalString)],
              ],
            ],
          ],
        ],
      ],
    ],
    [
      '52009230',
      'SQ',
      frames.map(({ segment, slice, place }): DicomElement[] => [
        ['00089124', 'SQ', [derivationItem(instanceElements(reference.slices[slice], sourceClass))]],
        ['00209111', 'SQ', [[['00209157', 'UL', [segment, place]]]]],
        ['00209113', 'SQ', [[['00200032', 'DS', indexToPhysical(grid, [0, 0, slice]).map(decimalString)]]]],
        ['0062000a', 'SQ', [[['0062000b', 'US', [segment]]]]],
      ]),
    ],
    ['7fe00010', 'OB', packBits(frames, columns * rows)],
  ]
  return encodeDicomFile(segmentationClass, options.newUid(), elements)
}

function dimensionItem(uid: string, pointer: string, group: string, label: string): DicomElement[] {
  return [
    ['00209164', 'UI', uid],
    ['00209165', 'AT', [pointer]],
    ['00209167', 'AT', [group]],
    ['00209421', 'LO', label],
  ]
}

function segmentItem(number: number, label: string, { category, type }: SegmentationOptions): DicomElement[] {
  return [
    ['00620003', 'SQ', [codeItem(category)]],
    ['00620004', 'US', [number]],
    ['00620005', 'LO', label.slice(0, 64)],
    // By hand, by tools that propose, or read from a file: the history of a mask does not tell.
    ['00620008', 'CS', 'SEMIAUTOMATIC'],
    ['00620009', 'LO', 'Texel ROI tools'],
    ['0062000f', 'SQ', [codeItem(type)]],
  ]
}

function derivationItem(source: DicomElement[]): DicomElement[] {
  return [
    [
      '00082112',
      'SQ',
      [[...source, ['0040a170', 'SQ', [codeItem(['121322', 'DCM', 'Source image for image processing operation'])]]]],
    ],
    ['00089215', 'SQ', [codeItem(['113076', 'DCM', 'Segmentation'])]],
  ]
}

function codeItem([value, scheme, meaning]: Code): DicomElement[] {
  return [
    ['00080100', 'SH', value],
    ['00080102', 'SH', scheme],
    ['00080104', 'LO', meaning],
  ]
}

/** One bit a voxel, the lowest of each byte first, frame after frame without a gap. */
function packBits(frames: readonly { readonly mask: Mask; readonly slice: number }[], perFrame: number): Bytes {
  const packed = new Uint8Array(Math.ceil((perFrame * frames.length) / 8))
  frames.forEach(({ mask: { voxels }, slice }, frame) => {
    for (let i = 0; i < perFrame; i++) {
      if (voxels[slice * perFrame + i] === 0) continue
      const at = frame * perFrame + i
      packed[at >> 3] |= 1 << (at & 7)
    }
  })
  return packed
}
