import fc from 'fast-check'
import { expect, test } from 'vitest'
import { madeImages, madePatient } from './madeStudy.ts'
import { stateOfPatient, type RoleProgress } from './patientState.ts'
import type { Decision, Patient, StudyImage } from './study.ts'
import { defaultRoles } from './roles.ts'
import {
  createPatientLister,
  joinRegions,
  countChips,
  countOfReader,
  countOfRoles,
  countRegions,
  filterPatients,
  findNeighbour,
  findNextToDo,
  listPatients,
  lesionsForgotten,
  type JoinedRegions,
  type ListedRegion,
} from './workList.ts'

const study = { roles: defaultRoles, rereading: null }
const exclusion = { reason: 'poor quality', by: '1', at: 1 }
const region = (progress: ListedRegion['progress'], lesions = 1): JoinedRegions => ({
  progress,
  changedAt: 5,
  volumeCm3: 1,
  lesions,
})

function list(
  patients: readonly Patient[],
  done: Readonly<Record<string, ListedRegion['progress']>> = {},
  decisions: Decision[] = [],
) {
  const images = patients.flatMap(madeImages)
  const regionOf = ({ id }: StudyImage) => (id in done ? region(done[id]) : undefined)
  return listPatients(patients, { study, images, decisions }, regionOf, () => false)
}

test('a patient’s state is the first that holds', () => {
  const state = (roles: readonly RoleProgress[], about = {}) =>
    stateOfPatient({ exclusion: null }, { roles, isUndecided: false, isComputed: false, ...about })
  expect(stateOfPatient({ exclusion }, { roles: ['noImage'], isUndecided: true, isComputed: true })).toBe('excluded')
  expect(state(['noImage'], { isUndecided: true })).toBe('undecided')
  expect(state(['complete', 'noImage'])).toBe('imageMissing')
  expect(state(['empty', 'empty'])).toBe('toDo')
  expect(state(['complete', 'empty'])).toBe('inProgress')
  expect(state(['complete', 'inProgress'], { isComputed: true })).toBe('inProgress')
  expect(state(['complete', 'locked'])).toBe('complete')
  expect(state(['locked', 'locked'], { isComputed: true })).toBe('computed')
})

test('rows hold each role in the study’s order, and a decision that waits', () => {
  const decision = { id: 'd', kind: 'role' as const, subjects: ['p2-T1WI'], options: [], proposed: null, chosen: null }
  const rows = list([madePatient(1), madePatient(2)], { 'p1-T1WI': 'complete' }, [decision])
  expect(rows.map(({ state }) => state)).toEqual(['inProgress', 'undecided'])
  expect(rows[0].cells.map(({ role, progress }) => [role, progress])).toEqual([
    ['FST2WI', 'empty'],
    ['T1WI', 'complete'],
    ['T1WI+C', 'empty'],
  ])
  expect(rows[0].changedAt).toBe(5)
})

test('text and chip go together; who is excluded is shown where that is wanted', () => {
  const rows = list([madePatient(1, { note: 'two lesions' }), madePatient(2, { flag: 'edge' }), madePatient(3, { exclusion })])
  const labels = (filter: Partial<Parameters<typeof filterPatients>[1]>) =>
    filterPatients(rows, { text: '', chip: 'all', withExcluded: false, ...filter }).map(({ patient }) => patient.id)
  expect(labels({})).toEqual(['p1', 'p2'])
  expect(labels({ withExcluded: true })).toEqual(['p1', 'p2', 'p3'])
  expect(labels({ text: ' LESION ' })).toEqual(['p1'])
  expect(labels({ chip: 'flagged' })).toEqual(['p2'])
  expect(labels({ chip: 'flagged', text: '0001' })).toEqual([])
  expect(countChips(rows, false)).toEqual({ all: 2, toDo: 2, inProgress: 0, complete: 0, flagged: 1, reread: 0 })
})

test('next to do takes the other roles of the patient first, then who follows, then who was left behind; null where all is done', () => {
  const patients = [madePatient(1), madePatient(2, { exclusion }), madePatient(3)]
  const next = (done: Parameters<typeof list>[1], image: string | null) =>
    findNextToDo(list(patients, done), image ? { patient: image.split('-')[0], image } : null)?.image
  expect(next({}, null)).toBe('p1-FST2WI')
  expect(next({ 'p1-FST2WI': 'complete' }, 'p1-FST2WI')).toBe('p1-T1WI')
  expect(next({ 'p1-T1WI+C': 'complete' }, 'p1-T1WI+C')).toBe('p1-FST2WI')
  const first = { 'p1-FST2WI': 'complete', 'p1-T1WI': 'locked', 'p1-T1WI+C': 'complete' } as const
  expect(next(first, 'p1-T1WI+C')).toBe('p3-FST2WI')
  const last = { 'p3-FST2WI': 'complete', 'p3-T1WI': 'complete', 'p3-T1WI+C': 'complete' } as const
  expect(next(last, 'p3-T1WI+C')).toBe('p1-FST2WI')
  expect(next({ ...first, ...last }, 'p3-T1WI+C')).toBeUndefined()
})

test('going to what is next and drawing it ends, whatever was done before, with every region of who is not excluded', () => {
  const progress = fc.constantFrom<ListedRegion['progress']>('empty', 'inProgress', 'complete', 'locked')
  fc.assert(
    fc.property(fc.array(fc.tuple(progress, progress, progress, fc.boolean()), { maxLength: 6 }), (given) => {
      const patients = given.map(([, , , isOut], i) => madePatient(i, isOut ? { exclusion } : {}))
      const done: Record<string, ListedRegion['progress']> = Object.fromEntries(
        given.flatMap((own, i) => defaultRoles.map(({ id }, role) => [`p${i}-${id}`, own[role] as ListedRegion['progress']])),
      )
      let hand: ReturnType<typeof findNextToDo> = null
      for (let steps = 0; steps <= 3 * patients.length; steps++) {
        hand = findNextToDo(list(patients, done), hand)
        if (!hand) break
        done[hand.image] = 'complete'
      }
      expect(hand).toBeNull()
      const { empty, inProgress } = countRegions(list(patients, done))
      expect(empty + inProgress).toBe(0)
    }),
  )
})

test('neighbours end with the list', () => {
  const rows = list([madePatient(1), madePatient(2)])
  expect(findNeighbour(rows, 'p1', 1)?.patient.id).toBe('p2')
  expect(findNeighbour(rows, 'p1', -1)).toBeNull()
  expect(findNeighbour(rows, 'gone', 1)).toBeNull()
})

test('a row of which nothing changed is the same one, and so is the list', () => {
  const patients = [madePatient(1), madePatient(2), madePatient(3)]
  const records = { study, images: patients.flatMap(madeImages), decisions: [] }
  const lister = createPatientLister()
  let drawn: Readonly<Record<string, JoinedRegions>> = {}
  const look = () =>
    lister(
      patients,
      records,
      ({ id }) => drawn[id] && { ...drawn[id] },
      () => false,
    )
  const first = look()
  expect(look()).toBe(first)
  drawn = { [first[1].cells[0].image!]: region('inProgress') }
  const second = look()
  expect(second.map((row, i) => row === first[i])).toEqual([true, false, true])
  expect(second[1].cells[0]).toMatchObject({ progress: 'inProgress', changedAt: 5 })
  expect(look()).toBe(second)
  expect(
    lister(
      [...patients].reverse(),
      records,
      ({ id }) => drawn[id],
      () => false,
    )[1],
  ).toBe(second[1])
  // Records that were read anew.
  expect(lister(patients, { ...records, study: { ...study, rereading: { ...{ seed: 1, from: 'all', at: 1, drawnBefore: 0 } as const, patients: [first[0].patient.id] } } }, ({ id }) => drawn[id], () => false)[0].isReread).toBe(true) // prettier-ignore
})

test('the regions of several lesions are one: as far as the least far of those drawn, changed when the last was, with all their volumes', () => {
  expect(joinRegions([region('locked')])).toEqual(region('locked'))
  expect(joinRegions([region('locked'), { progress: 'complete', changedAt: 9, volumeCm3: 0.5 }])).toEqual({ progress: 'complete', changedAt: 9, volumeCm3: 1.5, lesions: 2 }) // prettier-ignore
  expect(joinRegions([{ progress: 'empty', changedAt: 3, volumeCm3: 0 }, region('inProgress')])).toMatchObject({ progress: 'inProgress', volumeCm3: 1 }) // prettier-ignore
})

test('a patient is simulated whose images say so where scanners write their maker', () => {
  const [one] = madeImages(madePatient(1))
  const listed = (Manufacturer: string) =>
    listPatients([madePatient(1)], { study, images: [{ ...one, technical: { Manufacturer } }], decisions: [] }, () => undefined, () => false)[0].isSimulated // prettier-ignore
  expect([listed('SIMULATED, like GE'), listed('GE MEDICAL SYSTEMS')]).toEqual([true, false])
})

test('regions are counted by role, and of another reader over those that are read again; the excluded are nobody’s', () => {
  const patients = [madePatient(1), madePatient(2), madePatient(3, { exclusion })]
  const rows = list(patients, { 'p1-T1WI': 'complete', 'p2-T1WI': 'inProgress', 'p2-FST2WI': 'locked', 'p3-T1WI': 'complete' })
  expect(Object.fromEntries(countOfRoles(rows))).toEqual({
    FST2WI: { complete: 1, inProgress: 0, all: 2 },
    T1WI: { complete: 1, inProgress: 1, all: 2 },
    'T1WI+C': { complete: 0, inProgress: 0, all: 2 },
  })
  const regions = new Map([['p1-T1WI', [{ progress: 'locked' }, { progress: 'complete' }]], ['p2-T1WI', [{ progress: 'complete' }, { progress: 'inProgress' }]]] as const) // prettier-ignore
  expect(countOfReader(rows, regions)).toEqual({ complete: 1, inProgress: 1, all: 6 })
  const again = rows.map((row) => ({ ...row, isReread: row.patient.id === 'p2' }))
  expect(countOfReader(again, regions)).toEqual({ complete: 0, inProgress: 1, all: 3 })
})

test('a lesion that is drawn elsewhere and not here may be forgotten: told where something is drawn, of the lesions that are there', () => {
  const patient = { ...madePatient(1), lesions: [{ id: 'L1' }, { id: 'L2' }, { id: 'L3', deletedAt: 5 }] as const }
  const forgotten = (lesions: number) => lesionsForgotten({ patient }, { lesions })
  expect([0, 1, 2].map(forgotten)).toEqual([0, 1, 0])
})
