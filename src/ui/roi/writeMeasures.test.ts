import { expect, test } from 'vitest'
import type { LongestDiameter } from '../../core/mask/measure/axialDiameter.ts'
import type { Volume } from '../../core/image/volume.ts'
import type { PatientImage } from '../../state/patients.ts'
import { imageKey } from '../../storage/imageKey.ts'
import { keptKey } from '../../storage/regionKey.ts'
import type { PartMeasures } from '../../../workers/partBridge.ts'
import { findElsewhere, writeMeasures } from './writeMeasures.ts'

const diameter = (diameterMm: number, slice: number, orthogonalMm: number): LongestDiameter => ({
  diameterMm,
  slice,
  orthogonalMm,
  from: [0, 0, 0],
  to: [0, 0, 0],
})
const measures = {
  diameters: [diameter(11, 1, 5), diameter(12, 2, 6), diameter(13, 3, 7)],
  greatestMm: 14.04,
  mean: 131.123,
  sd: 16,
  minimum: -5,
  maximum: 162,
} as unknown as PartMeasures

test('the text names what was measured, in which plane, and never a patient', () => {
  expect(
    writeMeasures({
      stem: 'P0001_T1_reader-1',
      // Sagittal slices lie along the first axis, coronal ones along the second.
      image: { size: [45, 120, 21], spacingMm: [1, 2, 3], direction: [1, 0, 0, 0, 1, 0, 0, 0, 1] },
      voxelCount: 20,
      measures,
      elsewhere: [{ name: 'visit 1, T1 of Jane', sequence: 'T1_visit-1', volumeCm3: 0.24, changePercent: -50 }],
    }).split('\n'),
  ).toEqual([
    'ROI P0001_T1_reader-1',
    'Image: 45 × 120 × 21 voxels of 1 × 2 × 3 mm',
    'Volume: 120 mm³ (20 voxels)',
    'Longest diameter, axial: 13.0 mm, slice 4; across it: 7.0 mm',
    'Longest diameter, sagittal: 11.0 mm, slice 2; across it: 5.0 mm',
    'Longest diameter, coronal: 12.0 mm, slice 3; across it: 6.0 mm',
    'Longest diameter, 3D: 14.0 mm',
    'Grey level: mean 131.1, SD 16, from −5 to 162',
    'Volume on T1_visit-1: 0.24 cm³; here −50.0 % against it',
    '',
  ])
})

test('the same lesion of the same reader is found on the patient’s other images, with what changed', () => {
  const volumeOf = (origin: number): Volume => ({
    size: [2, 2, 2],
    spacingMm: [10, 10, 10],
    originMm: [origin, 0, 0],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    voxels: Int16Array.of(0, 1, 2, 3, 4, 5, 6, origin),
    source: { path: 'made', format: 'memory' },
  })
  const volumes = [volumeOf(1), volumeOf(2), volumeOf(3)]
  const images = volumes.map((volume, i) => ({ found: { volume }, name: `image ${i}`, sequence: `s${i}` }) as PatientImage)
  const kept = (at: number, reader: '1' | '2', lesion: 'L1' | 'L2', voxelCount: number) => ({
    key: keptKey({ image: imageKey(volumes[at]), reader, lesion }),
    voxelCount,
  })
  const open = { image: volumes[0], reader: '1', lesion: 'L1' } as const
  const all = [kept(0, '1', 'L1', 3), kept(1, '1', 'L1', 4), kept(1, '2', 'L1', 7), kept(2, '1', 'L2', 5), kept(2, '1', 'L1', 0)]
  expect(findElsewhere(open, 3000, images, all)).toEqual([{ name: 'image 1', sequence: 's1', volumeCm3: 4, changePercent: -25 }])
})
