import fc from 'fast-check'
import { expect, test } from 'vitest'
import { studyParameters } from '../../io/records/studyParameters.ts'
import type { StudyContents, TravellingRegion } from './contents.ts'
import { nameOfRegion } from './contents.ts'
import { findBrokenRecords } from './invariants.ts'
import { madeContents, madeHash, madeRegion, madeTable } from './madeContents.ts'
import { mergeStudies, type RegionChoice } from './mergeStudies.ts'
import type { CohortFreeze } from './study.ts'

const base = madeContents(3)
const images = [...base.images].sort((a, b) => (a.id < b.id ? -1 : 1))

/** What one person did to a copy of the study. */
const copies = fc
  .record({
    notes: fc.array(fc.constantFrom('', 'edge', 'motion'), { minLength: 3, maxLength: 3 }),
    flags: fc.array(fc.constantFrom(null, 'look again'), { minLength: 3, maxLength: 3 }),
    lesions: fc.array(fc.constantFrom(1, 2), { minLength: 3, maxLength: 3 }),
    contents: fc.array(fc.constantFrom(null, 'content'), { minLength: 9, maxLength: 9 }),
    name: fc.constantFrom('Reader 1', 'Dr Lin'),
    known: fc.constantFrom(1, 2, 3),
    drawn: fc.uniqueArray(
      fc.record({
        image: fc.nat(8),
        reader: fc.constantFrom('1', '2'),
        mask: fc.constantFrom('a', 'b'),
        progress: fc.constantFrom('inProgress', 'complete', 'locked'),
        changedAt: fc.nat(3),
        computed: fc.boolean(),
      }),
      { selector: ({ image, reader }) => `${image} ${reader}`, maxLength: 8 },
    ),
  })
  .map(({ notes, flags, lesions, contents, name, known, drawn }): StudyContents => {
    const patients = base.patients.slice(0, known).map((patient, i) => ({
      ...patient,
      note: notes[i],
      flag: flags[i],
      lesions: lesions[i] === 1 ? patient.lesions : [...patient.lesions, { id: 'L2' as const, isIndex: true as const }],
    }))
    const ids = new Set(patients.map(({ id }) => id))
    const labels = new Map(patients.map(({ id, label }) => [id, label]))
    const all = drawn.flatMap(({ image, reader, mask, progress, changedAt, computed }) => {
      const label = labels.get(images[image].patient)
      if (label === undefined) return []
      const region = madeRegion(label, `${images[image].id}.content`, { reader, progress, changedAt, maskHash: madeHash(mask) })
      return [{ region, table: computed ? [madeTable(region, studyParameters)] : [] }]
    })
    const inOrder = <T extends TravellingRegion | StudyContents['tables'][number]>(records: readonly T[]) =>
      [...records].sort((a, b) => (nameOfRegion(a) < nameOfRegion(b) ? -1 : 1))
    return {
      ...base,
      study: { ...base.study, readers: base.study.readers.map((reader) => (reader.id === '1' ? { ...reader, name } : reader)) },
      patients,
      images: images.flatMap((image, i) => (ids.has(image.patient) ? [{ ...image, content: contents[i] }] : [])),
      regions: inOrder(all.map(({ region }) => region)),
      tables: inOrder(all.flatMap(({ table }) => table)),
    }
  })

const withoutJournal = ({ journal: _, ...contents }: StudyContents) => contents

test('merged with itself a study stays as it is', () => {
  fc.assert(
    fc.property(copies, (copy) => {
      const nothing = {
        taken: [],
        takenTables: [],
        conflicts: [],
        differences: [],
        labels: expect.any(Map) as Map<string, string>,
      }
      expect(mergeStudies(copy, copy)).toEqual({ merged: withoutJournal(copy), ...nothing })
    }),
  )
})

test('which of two copies is merged into which does not matter where nothing contradicts; a second time changes nothing', () => {
  const seen = { plain: 0, contradicting: 0 }
  fc.assert(
    fc.property(copies, copies, (a, b) => {
      const [ab, ba] = [mergeStudies(a, b), mergeStudies(b, a)]
      expect(ab.conflicts.map(nameOfRegion).sort()).toEqual(ba.conflicts.map(nameOfRegion).sort())
      expect(ab.differences.length).toBe(ba.differences.length)
      const isPlain = ab.conflicts.length + ab.differences.length === 0
      seen[isPlain ? 'plain' : 'contradicting']++
      if (isPlain) expect(ab.merged).toEqual(ba.merged)
      expect(mergeStudies({ ...ab.merged }, b)).toMatchObject({ merged: ab.merged, taken: [], takenTables: [] })
      // Nothing that was drawn is lost, and each number is that of its mask.
      const masks = new Set(ab.merged.regions.map((region) => nameOfRegion(region)))
      for (const region of [...a.regions, ...b.regions]) expect(masks).toContain(nameOfRegion(region))
      const hashes = new Map(ab.merged.regions.map((region) => [nameOfRegion(region), region.maskHash]))
      for (const table of ab.merged.tables) expect(hashes.get(nameOfRegion(table))).toBe(table.maskHash)
      const keyed = ab.merged.regions.map((region) => ({ ...region, key: nameOfRegion(region) }))
      expect(findBrokenRecords(ab.merged.study, ab.merged.patients, ab.merged.images, keyed)).toEqual([])
    }),
    { numRuns: 300 },
  )
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20)
})

const region = (mask: string, about: Partial<TravellingRegion> = {}) =>
  madeRegion('A-0001', 'p1-T1WI.c', { maskHash: madeHash(mask), ...about })

test('of one reader’s two masks of a lesion a person chooses: mine, theirs, or both', () => {
  const [mine, theirs] = [
    { ...base, regions: [region('a')] },
    { ...base, regions: [region('b')] },
  ]
  const choose = (choice: RegionChoice) => mergeStudies(mine, theirs, new Map([[nameOfRegion(region('a')), choice]]))
  expect(mergeStudies(mine, theirs)).toMatchObject({ conflicts: [{ label: 'A-0001', mine: region('a'), theirs: region('b') }], merged: { regions: [region('a')] }, taken: [] }) // prettier-ignore
  expect(choose('mine')).toMatchObject({ conflicts: [], merged: { regions: [region('a')] }, taken: [] })
  expect(choose('theirs')).toMatchObject({ conflicts: [], merged: { regions: [region('b')] }, taken: [{ from: region('b') }] })
  const both = choose('asAnother')
  expect(both.merged.regions).toEqual([region('a'), { ...region('b'), reader: '1b' }])
  expect(both.merged.study.readers.at(-1)).toMatchObject({ id: '1b', name: 'Reader 1 (1b)' })
})

test('equal masks are one, as far as the further of both is', () => {
  const locked = region('a', { progress: 'locked', changedAt: 99, readerName: 'Dr Lin' })
  const { merged, taken } = mergeStudies({ ...base, regions: [region('a')] }, { ...base, regions: [locked] })
  expect([merged.regions, taken]).toEqual([[locked], []])
})

test('patients are the same by their images, whatever they are called; without an image in common a label proves nothing', () => {
  const renamed = base.patients.map((patient) => ({ ...patient, id: `x${patient.id}`, label: patient.label.replace('A-', 'B-') }))
  const theirs = { ...base, patients: renamed, images: base.images.map((image) => ({ ...image, patient: `x${image.patient}` })), regions: [{ ...region('a'), label: 'B-0001' }] } // prettier-ignore
  const joined = mergeStudies(base, theirs)
  expect(joined.merged.patients).toEqual(base.patients)
  expect(joined.merged.regions).toEqual([region('a')])
  const strangers = { ...base, images: base.images.map((image) => ({ ...image, id: `other-${image.id}` })), regions: [madeRegion('A-0001', 'other-p1-T1WI.c', { maskHash: madeHash('a') })] } // prettier-ignore
  const apart = mergeStudies(base, strangers)
  expect(apart.differences.map(({ what }) => what)).toEqual(['patient', 'patient', 'patient'])
  expect(apart.merged).toEqual({ ...withoutJournal(base), images })
})

test('cohorts that both fixed must agree; those of one are the other’s', () => {
  const freeze = (hash: string): CohortFreeze => ({ plan: { kind: 'centre', training: ['I'] }, members: [['A-0001', 'training'], ['A-0002', 'validation']], hash, by: '1', at: 1, thawedBefore: 0 }) // prettier-ignore
  const frozen = (hash: string) => ({ ...base, study: { ...base.study, freeze: freeze(hash) } })
  expect(() => mergeStudies(frozen('a'), frozen('b'))).toThrowSaying('they cannot be merged')
  expect(mergeStudies(base, frozen('a')).merged.patients.map(({ cohort }) => cohort)).toEqual(['training', 'validation', null])
})
