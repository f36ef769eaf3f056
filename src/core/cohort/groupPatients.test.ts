import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupPatients, isThrowAwayId, noAnswers, type ImageFacts } from './groupPatients.ts'

const series = (key: string, facts: Partial<ImageFacts> = {}): ImageFacts => ({
  key,
  path: `${key}.dcm`,
  seriesUid: `s.${key}`,
  ...facts,
})
const file = (key: string, path: string, content = key): ImageFacts => ({ key, path, content })

/** Keys of images by patient, as `a b | c`; and what is asked. */
function tell(images: readonly ImageFacts[], answers = noAnswers) {
  const { patients, questions } = groupPatients(images, answers)
  const told = patients.map((patient) => [...patient.images].sort().join(' '))
  return { patients: told.sort().join(' | '), asked: questions.map(({ code }) => code).join(', '), questions }
}

test.each<[name: string, images: ImageFacts[], patients: string, asked: string]>([
  ['one ID, two studies', [series('a', { patientId: '17', studyUid: '1' }), series('b', { patientId: ' 17 ', studyUid: '2' })], 'a b', ''],
  ['two IDs', [series('a', { patientId: '17', studyUid: '1' }), series('b', { patientId: '18', studyUid: '2' })], 'a | b', ''],
  ['ANON twice, two studies', [series('a', { patientId: 'ANON', studyUid: '1' }), series('b', { patientId: 'ANON', studyUid: '2' })], 'a | b', ''],
  ['ANON twice, one study', [series('a', { patientId: 'ANON', studyUid: '1' }), series('b', { patientId: '000', studyUid: '1' })], 'a b', ''],
  ['no ID', [series('a', { studyUid: '1' }), series('b', { patientId: ' ', studyUid: '2' })], 'a | b', ''],
  ['two issuers', [series('a', { patientId: '17', issuer: 'X', studyUid: '1' }), series('b', { patientId: '17', issuer: 'Y', studyUid: '2' })], 'a | b', 'sameIdOtherPlace'],
  ['two hospitals', [series('a', { patientId: '17', institution: 'North', studyUid: '1' }), series('b', { patientId: '17', institution: 'South', studyUid: '2' })], 'a | b', 'sameIdOtherPlace'],
  ['one hospital, two scanners', [series('a', { patientId: '17', institution: 'North', model: 'M', studyUid: '1' }), series('b', { patientId: '17', institution: 'NORTH ', model: 'N', studyUid: '2' })], 'a b', ''],
  ['two scanners of unknown places', [series('a', { patientId: '17', model: 'M', studyUid: '1' }), series('b', { patientId: '17', model: 'N', studyUid: '2' })], 'a | b', 'sameIdOtherPlace'],
  ['two scanners in one study', [series('a', { patientId: '17', model: 'M', studyUid: '1' }), series('b', { patientId: '17', model: 'N', studyUid: '1' })], 'a b', ''],
  ['two birth dates', [series('a', { patientId: '17', birthDate: '19500101', studyUid: '1' }), series('b', { patientId: '17', birthDate: '19600101', studyUid: '2' })], 'a | b', 'sameIdOtherPerson'],
  ['two sexes', [series('a', { patientId: '17', sex: 'F', studyUid: '1' }), series('b', { patientId: '17', sex: 'M', studyUid: '1' })], 'a | b', 'sameIdOtherPerson'],
  ['a birth date that one lacks', [series('a', { patientId: '17', birthDate: '19500101', studyUid: '1' }), series('b', { patientId: '17', studyUid: '2' })], 'a b', ''],
  ['equal names and birth dates', [series('a', { patientId: '17', patientName: 'ROE^Jane', birthDate: '19500101' }), series('b', { patientId: '18', patientName: 'jane roe', birthDate: '19500101' })], 'a | b', 'equalNames'],
  ['equal names, other birth dates', [series('a', { patientId: '17', patientName: 'ROE^Jane', birthDate: '19500101' }), series('b', { patientId: '18', patientName: 'jane roe', birthDate: '19510101' })], 'a | b', ''],
  ['two names that name nobody', [series('a', { patientId: '17', patientName: 'ANON', birthDate: '19500101' }), series('b', { patientId: '18', patientName: 'Anon', birthDate: '19500101' })], 'a | b', ''],
  ['one series without any study', [series('a', { seriesUid: '1' }), series('b', { seriesUid: '1' })], 'a b', ''],
  ['one file by itself', [file('a', 't1.nii')], 'a', ''],
  ['two files by themselves', [file('a', 't1.nii'), file('b', 't2.nii')], 'a | b', 'untold'],
  ['phases of one file', [file('a', 'dce.nii', 'x'), file('b', 'dce.nii', 'x')], 'a b', ''],
  ['a folder each', [file('a', 'brain1/image.nii.gz'), file('b', 'breast1/image.nii.gz')], 'a | b', ''],
  ['two files in one folder', [file('a', 'study/t1.nii'), file('b', 'study/t2.nii')], 'a | b', 'untold'],
  ['a file beside a DICOM series', [series('a', { patientId: '17' }), file('b', 't2.nii')], 'a | b', 'untold'],
  ['a file in a folder beside a DICOM series', [series('a', { patientId: '17' }), file('b', 'other/t2.nii')], 'a | b', ''],
])('%s', (_, images, patients, asked) => {
  expect(tell(images)).toMatchObject({ patients, asked })
}) // prettier-ignore

test.each<[id: string | undefined, isThrowAway: boolean]>([
  [undefined, true], ['', true], [' ', true], ['0', true], ['0000-00', true], ['ANON', true], ['Anonymized', true], ['unknown', true],
  ['TEST 3', true], ['none', true], ['---', true], ['17', false], ['0017', false], ['A', false], ['患者', false],
])('ID %j names nobody: %s', (id, isThrowAway) => {
  expect(isThrowAwayId(id)).toBe(isThrowAway)
}) // prettier-ignore

test('files by folder are offered as patients, all files as one, and each for itself', () => {
  const images = [
    file('a', 'study/p1/t1.nii'), file('b', 'study/p1/t2.nii'), file('c', 'study/p2/t1.nii'), file('d', 'study/p2/deep/t2.nii'),
  ] // prettier-ignore
  const { patients, questions } = tell(images)
  expect(patients).toBe('a | b | c | d')
  expect(questions).toHaveLength(1)
  expect(questions[0].images).toEqual(['a', 'b', 'c', 'd'])
  expect(tell(images, { joined: questions[0].byFolder!, apart: [] })).toMatchObject({ patients: 'a b | c d', asked: '' })
  expect(tell(images, { joined: [questions[0].patients.flat()], apart: [] })).toMatchObject({ patients: 'a b c d', asked: '' })
  expect(tell(images, { joined: [], apart: questions[0].patients.flat() })).toMatchObject({
    patients: 'a | b | c | d',
    asked: '',
  })
})

test('an answer holds while images come and go; only the new one is asked about', () => {
  const two = [file('a', 't1.nii'), file('b', 't2.nii')]
  const answers = { joined: [tell(two).questions[0].patients.flat()], apart: [] }
  const three = tell([...two, file('c', 't3.nii')], answers)
  expect(three).toMatchObject({ patients: 'a b | c', asked: 'untold' })
  expect(three.questions[0].images).toEqual(['c'])
  expect(tell([file('x', 'renamed.nii', 'a'), two[1]], answers)).toMatchObject({ patients: 'b x', asked: '' })
})

test('two who stay apart are not asked about again when a file of one tells less, only when a third comes', () => {
  const images = [series('a', { patientId: '17', sex: 'F' }), series('b', { patientId: '17', sex: 'M' })]
  const answers = { joined: [], apart: [tell(images).questions[0].key] }
  const more = series('c', { patientId: '17', sex: 'F', birthDate: '19500101' })
  expect(tell([...images, more], answers)).toMatchObject({ asked: 'sameIdOtherPerson' })
  const less = series('c', { patientId: '17', sex: 'F', model: 'M', studyUid: '1' })
  const known = [series('a', { patientId: '17', sex: 'F', studyUid: '1' }), images[1]]
  expect(tell([...known, less], answers)).toMatchObject({ patients: 'a c | b', asked: '' })
})

test('the centre that a person names counts in place of issuer, institution and scanner', () => {
  const images = (centre?: string) => ['X', 'Y'].map((place, i) =>
    series('ab'[i], { patientId: '17', issuer: place, institution: place, studyUid: place, ...(centre && { centre }) })) // prettier-ignore
  expect(tell(images())).toMatchObject({ patients: 'a | b', asked: 'sameIdOtherPlace' })
  expect(tell(images('A'))).toMatchObject({ patients: 'a b', asked: '' })
})

test.each(['sameIdOtherPerson', 'sameIdOtherPlace', 'equalNames'] as const)('%s: a person joins or keeps apart', (code) => {
  const facts = {
    sameIdOtherPerson: [{ patientId: '17', sex: 'F' }, { patientId: '17', sex: 'M' }],
    sameIdOtherPlace: [{ patientId: '17', institution: 'North' }, { patientId: '17', institution: 'South' }],
    equalNames: [{ patientId: '17', patientName: 'Roe', birthDate: '1' }, { patientId: '18', patientName: 'Roe', birthDate: '1' }],
  }[code] // prettier-ignore
  const images = facts.map((one, i) => series('ab'[i], one))
  const [question] = tell(images).questions
  expect(question.code).toBe(code)
  expect(tell(images, { joined: [question.patients.flat()], apart: [] })).toMatchObject({ patients: 'a b', asked: '' })
  expect(tell(images, { joined: [], apart: [question.key] })).toMatchObject({ patients: 'a | b', asked: '' })
})

test('studies of one day with different series are one visit, others are visits by date', () => {
  const study = (key: string, studyUid: string, studyDate?: string, seriesUid = `s.${key}`) =>
    series(key, { patientId: '17', studyUid, seriesUid, ...(studyDate && { studyDate }) })
  const images = [
    study('late', '4', '20260301'), study('undated', '5'), study('a', '1', '20260101'), study('b', '2', '20260101'),
    study('again', '3', '20260101', 's.a'),
  ] // prettier-ignore
  const [{ visits }] = groupPatients(images).patients
  expect(visits.map(({ images: own, date }) => [date, own.join(' ')])).toEqual([
    ['20260101', 'a b'],
    ['20260101', 'again'],
    ['20260301', 'late'],
    [undefined, 'undated'],
  ])
})

const some = <T>(values: readonly T[]) => fc.constantFrom(undefined, ...values)
const anyFacts = fc.record({
  path: fc.constantFrom('a.nii', 'b.nii', 'p/a.nii', 'p/b.nii', 'r/p/a.nii', 'r/q/a.nii'),
  content: some(['1', '2', '3']), patientId: some(['17', '18', 'ANON', '000']), issuer: some(['X']),
  studyUid: some(['1.1', '1.2', '1.3']), seriesUid: some(['2.1', '2.2', '2.3', '2.4']), birthDate: some(['1950', '1960']), sex: some(['F', 'M']),
  patientName: some(['Roe^Jane', 'jane roe']), studyDate: some(['20260101', '20260202']), institution: some(['North', 'South']), model: some(['M']),
}) // prettier-ignore
const anyImages = fc
  .array(anyFacts, { maxLength: 12 })
  .map((all) => all.map((facts, i): ImageFacts => JSON.parse(JSON.stringify({ ...facts, key: `image ${i}` })) as ImageFacts))

test('the order of the images does not matter', () => {
  fc.assert(
    fc.property(
      anyImages.chain((images) => fc.tuple(fc.constant(images), fc.shuffledSubarray(images, { minLength: images.length }))),
      ([images, shuffled]) => {
        expect(groupPatients(shuffled)).toEqual(groupPatients(images))
      },
    ),
  )
})

test('every image is of one patient and of one of its visits', () => {
  fc.assert(
    fc.property(anyImages, (images) => {
      const { patients } = groupPatients(images)
      const all = images.map(({ key }) => key).sort()
      expect(patients.flatMap((patient) => patient.images).sort()).toEqual(all)
      expect(patients.flatMap(({ visits }) => visits.flatMap((visit) => visit.images)).sort()).toEqual(all)
    }),
  )
})

test('images of two studies without an ID that names somebody never share a patient, nor do two IDs or two birth dates', () => {
  fc.assert(
    fc.property(anyImages, (images) => {
      const factsOf = new Map(images.map((facts) => [facts.key, facts]))
      for (const patient of groupPatients(images).patients) {
        const own = patient.images.map((key) => factsOf.get(key)!)
        const ids = new Set(own.map(({ patientId }) => (isThrowAwayId(patientId) ? undefined : patientId)))
        expect(ids.size).toBe(1)
        expect(new Set(own.flatMap(({ birthDate }) => (ids.has(undefined) ? [] : (birthDate ?? [])))).size).toBeLessThan(2)
        if (ids.has(undefined)) expect(new Set(own.map(({ studyUid }) => studyUid)).size).toBe(1)
      }
    }),
  )
})
