// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { identityDirection } from '../core/image/volume.ts'
import { createSequenceNames, fileNamePart, tellApart } from './imageNames.ts'
import type { FoundVolume } from './images.ts'

const found = (path: string, opening: number, dicom?: Record<string, string>, phase?: string): FoundVolume => ({
  id: `${path} ${phase}`, name: path, warnings: [], kind: 'image', opening, files: [], keptAs: null, isRestored: false,
  volume: {
    size: [1, 1, 1], spacingMm: [1, 1, 1], originMm: [0, 0, 0], direction: identityDirection, voxels: new Int16Array(1),
    source: { path, format: dicom ? 'DICOM' : 'NIfTI', ...(dicom && { dicom }), ...(phase && { phase }) },
  },
}) // prettier-ignore

test('a sequence is named by its series and phase, with letters of every script and nothing that a file system refuses', () => {
  const sequenceOf = createSequenceNames()
  expect(sequenceOf(found('x', 1, { SeriesDescription: 'T1 dyn' }, 'phase 2 of 6'))).toBe('T1-dyn-phase-2')
  expect(sequenceOf(found('x', 1, { SeriesDescription: ' t2_tse/Übersicht: 横断 *' }))).toBe('t2-tse-Übersicht-横断')
  expect(sequenceOf(found('x', 1, { SeriesDescription: '???', ProtocolName: 'dce' }))).toBe('dce')
  expect(fileNamePart('a'.repeat(300))).toHaveLength(60)
})

test('neither path nor name nor ID of a patient stand in it', () => {
  const sequenceOf = createSequenceNames()
  const header = { PatientName: 'MUSTERFRAU^ERIKA', PatientID: 'K-4711', SeriesDescription: 'Erika Musterfrau T1 4711' }
  expect(sequenceOf(found('Musterfrau/1', 1, header))).toBe('T1')
  expect(sequenceOf(found('Musterfrau/1', 1, { ...header, SeriesDescription: 'erika' }))).toBe('image-1')
  expect(sequenceOf(found('Musterfrau/erika.nii', 2, undefined, 'phase 1 of 2'))).toBe('image-2-phase-1')
  expect(sequenceOf(found('Musterfrau/erika.nii', 2, undefined, 'phase 2 of 2'))).toBe('image-2-phase-2')
  expect(sequenceOf(found('Musterfrau/erika.nii', 3))).toBe('image-3')
})

test('names that are equal are told apart by what differs, at last by a number', () => {
  const add = (name: string, hint: string) => `${name}, ${hint}`
  const item = (name: string, ...hints: string[]) => ({ name, hints })
  expect(tellApart([item('T1', '3'), item('t1', '5'), item('T2', '7')], add)).toEqual(['T1, 3', 't1, 5', 'T2'])
  expect(tellApart([item('T1', '3', 'a'), item('T1', '3', 'b')], add)).toEqual(['T1, a', 'T1, b'])
  expect(tellApart([item('T1'), item('T1'), item('T1, 2')], add)).toEqual(['T1', 'T1, 3', 'T1, 2'])
  const name = fc.constantFrom('a', 'A', 'b', 'a, 2', 'a, 1', 'A, 2, 2')
  fc.assert(
    fc.property(fc.array(fc.record({ name, hints: fc.array(fc.constantFrom('', '1', '2'), { maxLength: 3 }) })), (items) => {
      const names = tellApart(items, add).map((one) => one.toLowerCase())
      expect(new Set(names).size).toBe(items.length)
    }),
  )
})
