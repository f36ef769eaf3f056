import type { Triple } from '../numeric/voxelArray.ts'

/** How a scanner writes the phases of a dynamic series as DICOM. */
export type DicomHabit =
  /** A series a phase; AcquisitionTime tells when. */
  | 'separate'
  /** One series; TriggerTime tells when, AcquisitionTime is that of the series in all files. */
  | 'triggerTime'
  /** One series; TemporalPositionIdentifier and TemporalResolution tell when, InstanceNumber tells nothing. */
  | 'temporalPosition'
  /** One enhanced multi-frame file; each frame has its own time. */
  | 'multiframe'

export interface Scanner {
  readonly id: string
  readonly centre: string
  readonly likeVendor: string
  readonly model: string
  readonly fieldStrengthT: number
  readonly habit: DicomHabit
  /** Of the point spread. */
  readonly blurSdMm: number
  /** SD in each receiver channel, before the gain; fat before contrast has 90, a tumour 180. */
  readonly noise: number
  readonly gain: number
  readonly fst2wi: SequenceProtocol
  readonly dce: SequenceProtocol
}

export interface SequenceProtocol {
  readonly size: Triple
  readonly spacingMm: Triple
  readonly repetitionMs: number
  readonly echoMs: number
  readonly flipDegrees: number
}

/** Two a centre. Those of a centre are alike; voxels, blur and noise differ from centre to centre, which normalising does not take away. */
export const scanners: readonly Scanner[] = [
  {
    id: 'A1',
    centre: 'A',
    likeVendor: 'SIEMENS',
    model: 'Likeness S',
    fieldStrengthT: 3,
    habit: 'separate',
    blurSdMm: 0.5,
    noise: 8,
    gain: 1,
    fst2wi: { size: [64, 64, 20], spacingMm: [1.1, 1.1, 3], repetitionMs: 4000, echoMs: 74, flipDegrees: 120 },
    dce: { size: [64, 64, 24], spacingMm: [1.1, 1.1, 2.6], repetitionMs: 4.6, echoMs: 1.7, flipDegrees: 10 },
  },
  {
    id: 'A2',
    centre: 'A',
    likeVendor: 'GE MEDICAL SYSTEMS',
    model: 'Likeness G',
    fieldStrengthT: 1.5,
    habit: 'triggerTime',
    blurSdMm: 0.65,
    noise: 9.5,
    gain: 1.6,
    fst2wi: { size: [64, 64, 20], spacingMm: [1.15, 1.15, 3], repetitionMs: 4200, echoMs: 85, flipDegrees: 142 },
    dce: { size: [64, 64, 23], spacingMm: [1.15, 1.15, 2.7], repetitionMs: 5.2, echoMs: 2.4, flipDegrees: 12 },
  },
  {
    id: 'B1',
    centre: 'B',
    likeVendor: 'Philips Medical Systems',
    model: 'Likeness P',
    fieldStrengthT: 3,
    habit: 'temporalPosition',
    blurSdMm: 1.15,
    noise: 14.5,
    gain: 2.2,
    fst2wi: { size: [64, 64, 20], spacingMm: [1.25, 1.25, 3], repetitionMs: 3800, echoMs: 70, flipDegrees: 90 },
    dce: { size: [64, 64, 20], spacingMm: [1.25, 1.25, 3], repetitionMs: 4.4, echoMs: 2.2, flipDegrees: 12 },
  },
  {
    id: 'B2',
    centre: 'B',
    likeVendor: 'SIEMENS',
    model: 'Likeness X',
    fieldStrengthT: 3,
    habit: 'multiframe',
    blurSdMm: 1.3,
    noise: 16,
    gain: 1.3,
    fst2wi: { size: [64, 64, 20], spacingMm: [1.3, 1.3, 3], repetitionMs: 4100, echoMs: 80, flipDegrees: 120 },
    dce: { size: [64, 64, 20], spacingMm: [1.3, 1.3, 3], repetitionMs: 4.1, echoMs: 1.5, flipDegrees: 9 },
  },
]
