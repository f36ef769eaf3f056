import { identityDirection, type Direction } from '../../image/volume.ts'
import type { VolumeTiming } from '../../image/volumeTiming.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { clockTime } from '../clockTime.ts'
import type { ListedImage, NamedImage } from './listedImage.ts'

/* Test support: images as a listing tells them. */

/** What is made otherwise than usual. */
export interface Made {
  /** HHMMSS or YYYYMMDD HHMMSS: acquisition. */
  time?: string
  /** In place of what `time` makes. */
  timing?: VolumeTiming
  /** '' takes an attribute away. */
  dicom?: Record<string, string>
  size?: Triple
  spacing?: Triple
  origin?: Triple
  direction?: Direction
  root?: string
  path?: string
  disputed?: string
  named?: NamedImage
}

export const clock = (text: string) => {
  const [time, date = '20240301'] = text.split(' ').reverse()
  return clockTime(date, time)!
}

export function image(id: string, { time = '100000', timing, dicom = {}, size = [100, 100, 60], spacing = [1, 1, 2], origin = [0, 0, 0], direction = identityDirection, path = `${id}/1.dcm`, ...rest }: Made = {}): ListedImage {
  const attributes = {
    Modality: 'MR', PatientID: '17', InstitutionName: 'North', ManufacturerModelName: 'Vida', Manufacturer: 'SIEMENS', MagneticFieldStrength: '3',
    StudyInstanceUID: 'study', SeriesInstanceUID: `series ${id}`, StudyDate: '20240301', SeriesDescription: 'dyn', RepetitionTime: '4.5', EchoTime: '1.7', FlipAngle: '10',
    ...dicom,
  }
  return {
    id,
    volume: {
      size, spacingMm: spacing, originMm: origin, direction,
      source: {
        path,
        format: 'DICOM',
        dicom: Object.fromEntries(Object.entries(attributes).filter(([, text]) => text !== '')),
        timing: { uid: id, ...(timing ?? { clocks: { acquisition: clock(time) } }) },
      },
    },
    ...rest,
  }
} // prettier-ignore

const t2Tags = {
  RepetitionTime: '4000',
  EchoTime: '90',
  FlipAngle: '90',
  ScanningSequence: 'SE',
  InversionTime: '160',
  SeriesDescription: 't2_tirm_tra',
}
export const t2 = ({ dicom = {}, ...more }: Made = {}, id = 't2') =>
  image(id, { time: '095500', size: [200, 200, 40], ...more, dicom: { ...t2Tags, ...dicom } })
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)
export const minute = (i: number) => `10${String(i).padStart(2, '0')}00`
/** p1, p2 ... in the order of time. */
export const dce = (of: (i: number) => Made = () => ({}), count = 6, name = 'p') =>
  numbers(count).map((i) => image(`${name}${i + 1}`, { time: minute(i), ...of(i) }))
