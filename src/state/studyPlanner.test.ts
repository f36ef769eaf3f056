import 'fake-indexeddb/auto'
import { afterEach, expect, test } from 'vitest'
import { dce, t2 } from '../core/cohort/proposal/madeListedImages.ts'
import type { ListedImage } from '../core/cohort/proposal/listedImage.ts'
import { findBroken, findBrokenCohorts, findBrokenRecords } from '../core/study/invariants.ts'
import { messagesOf } from '../core/messages/message.ts'
import type { SheetRows } from '../io/tables/readSheetRows.ts'
import { createPatientRecordStore } from '../storage/patientRecordStore.ts'
import { openMadePage, type MadePage } from './madePage.ts'
import { viewStudy } from './viewStudy.ts'

let page: MadePage
afterEach(async () => {
  await page.session.roiStore.getState().whenKept()
  await page.database.delete()
})

const person = (id: string) => ({ PatientID: id, PatientName: `PLANTED${id}^NAME`, StudyInstanceUID: `study ${id}` })
/** Of two hospitals; Y1 has too few phases. */
const hers = (id: string): ListedImage[] => [
  t2({ dicom: { ...person(id), InstitutionName: id[0] }, path: `in/${id}/t2` }, `${id}-t2`),
  ...dce((i) => ({ dicom: { ...person(id), InstitutionName: id[0] }, path: `in/${id}/p${i + 1}` }), id === 'Y1' ? 4 : 6, `${id}-p`),
] // prettier-ignore

const sheetOf = (rows: readonly (readonly string[])[]): SheetRows => ({ rows, sheets: [], assumed: null, note: null })
const hospital = [
  ['Patients of 2020', '', '', '', '', '', ''],
  ['No', 'Name', 'Patient ID', 'Age', 'HER2 IHC', 'FISH', 'ER'],
  ['1', 'PLANTEDX1', 'X1', '50', '3+', '', '90'],
  ['2', 'PLANTEDX2', 'x2', '61', '2+', '', '0'],
  ['3', 'PLANTEDX3', 'X3', '44', '1+', '', '5'],
  ['4', 'PLANTEDY1', 'Y1', '47', '0', '', '80'],
  ['5', 'PLANTEDY2', 'Y2', '58', 'weak', '', '70'],
  ['6', 'PLANTEDZ9', 'Z9', '70', '0', '', '80'],
]

/** A study of five patients, and the plan of it. */
async function openPlan(sheet: (name: string) => SheetRows = () => sheetOf(hospital)) {
  const all = ['X1', 'X2', 'X3', 'Y1', 'Y2'].flatMap(hers)
  page = openMadePage(
    undefined,
    async (files) => ({ images: all.map((image) => ({ ...image, files: files.filter(({ path }) => path === image.volume.source.path), warnings: [] })), masks: [], leftOut: [], pattern: undefined, records: [] }),
    async (file) => sheet(file.name),
  ) // prettier-ignore
  const { session } = page
  await session.openFiles(all.map(({ volume }) => ({ path: volume.source.path, file: new Blob(['x']) })))
  await (await session.studyImporter()).take()
  const planner = await session.studyPlanner()
  await planner.load()
  const view = () => viewStudy(session.workListStore.getState().records!, session.studyPlanStore.getState().records!)
  return { session, planner, view, plan: () => session.studyPlanStore.getState() }
}

async function expectWhole() {
  const { study, patients, images } = await createPatientRecordStore(page.database).load()
  const journal = await page.database.journal.toArray()
  expect([...findBrokenRecords(study, patients, images, []), ...findBroken(study, [], journal), ...findBrokenCohorts(study, patients, journal)]).toEqual([]) // prettier-ignore
}

const labelsOf = (view: ReturnType<typeof viewStudy>, ids: readonly string[]) => ids.map((id) => view.patients.find((one) => one.id === id)!.label) // prettier-ignore

test('a table is opened, its columns are changed, and what is no variable is not kept; what is doubtful is asked and answered', async () => {
  const { planner, view, plan } = await openPlan()
  await planner.openFile(new File([''], 'hospital.csv'))
  expect(plan().opened).toMatchObject({ header: hospital[1], id: 'Patient ID' })
  expect(plan().opened!.rows).toHaveLength(6)
  // Nothing of it is kept before it is taken.
  expect(view().clinical).toBeNull()
  await planner.chooseColumns({ id: 'Patient ID', variables: plan().opened!.variables.filter(({ id }) => id === 'her2') })
  await planner.takeSheet()
  expect(plan().opened).toBeNull()
  expect(plan().records!.clinical).toMatchObject({ header: ['Patient ID', 'HER2 IHC', 'FISH'], answers: {} })
  expect(JSON.stringify(await page.database.clinicalTables.toArray())).not.toContain('PLANTED')
  const { open, match } = view().clinical!
  expect(open.map(({ id, options, proposed }) => [id, options, proposed])).toEqual([
    ['same-patient case', ['yes', 'no'], null],
    ['her2-unclear her2', ['zero', 'low', 'positive', 'missing'], null],
  ])
  expect([match.rowsWithoutPatient, match.patientsWithoutRow]).toEqual([[5], ['X2']])

  await planner.answer('same-patient case', 'yes')
  await planner.answer('her2-unclear her2', 'low')
  expect(view().clinical!.open.map(({ id }) => id)).toEqual(['her2-equivocal her2'])
  await planner.answer('her2-equivocal her2', 'missing')
  expect(view().clinical!.open).toEqual([])
  // A word of this table is explained; the answers stay.
  const { id, variables } = plan().records!.clinical!
  await planner.chooseColumns({ id, variables: variables.map((spec) => ({ ...spec, words: { weak: '1+' } })) })
  expect(view().clinical!.valuesOf.get('B-0002')?.her2).toMatchObject({ value: 'low', status: 'ok' })
  expect(Object.keys(plan().records!.clinical!.answers)).toHaveLength(3)
  await planner.answer('same-patient case', null)
  expect(view().clinical!.open.map(({ id: doubt }) => doubt)).toContain('same-patient case')
  await expectWhole()
})

test('exclusions are proposed of whom they hold, a group is taken in one act, and then cohorts are planned, fixed and thawed', async () => {
  const { session, planner, view, plan } = await openPlan()
  await planner.openFile(new File([''], 'hospital.csv'))
  await planner.takeSheet()
  for (const [doubt, option] of [['same-patient case', 'yes'], ['her2-unclear her2', 'low'], ['her2-equivocal her2', 'missing']]) await planner.answer(doubt, option) // prettier-ignore
  const proposed = () => [...view().proposed].map(([reason, own]) => [reason, labelsOf(view(), own)])
  expect(proposed()).toEqual([['her2-unknown', ['A-0002']], ['phases-missing', ['B-0001']]]) // prettier-ignore
  await planner.exclude('her2-unknown', view().proposed.get('her2-unknown')!)
  expect(proposed()).toEqual([['phases-missing', ['B-0001']]])
  expect(session.workListStore.getState().rows.find(({ patient }) => patient.label === 'A-0002')?.state).toBe('excluded')

  // Counted before it is fixed.
  await planner.plan({ kind: 'centre', training: ['A'] })
  expect([view().cohorts.training.length, view().cohorts.validation.length]).toEqual([2, 2])
  expect(view().patients.every(({ cohort }) => cohort === null)).toBe(true)
  expect(await planner.freeze()).toBe(true)
  expect(view().patients.map(({ cohort }) => cohort)).toEqual(['training', null, 'training', 'validation', 'validation'])
  expect(view().traced.wrong).toEqual([])
  // Who is in a cohort is not proposed any more, and stays.
  expect(proposed()).toEqual([])
  expect(view().proposedOfFixed.size).toBe(1)
  const [first] = view().patients
  await session.workListStore.getState().exclude(first.id, 'poor-quality')
  expect(session.workListStore.getState().problem?.code).toBe('cohorts-fixed')
  expect(await planner.exclude('poor-quality', [first.id])).toBe(false)
  expect(plan().problem?.code).toBe('cohorts-fixed')
  expect(await planner.thaw(' ')).toBe(false)
  expect(await planner.thaw('a poor image')).toBe(true)
  expect(plan().problem).toBeNull()
  expect(await planner.exclude('poor-quality', [first.id])).toBe(true)
  expect(view().study.thaws).toBe(1)
  await expectWhole()
})

test('a table that cannot be read is told, and the one before stays', async () => {
  const { refuse } = messagesOf<{ 'table-empty': { readonly path: string } }>('tables')
  const { planner, plan } = await openPlan((name) => {
    if (name === 'bad.csv') throw refuse('table-empty', { path: name })
    return { ...sheetOf(hospital), sheets: ['2020', '2021'] }
  })
  await planner.openFile(new File([''], 'good.xlsx'))
  expect(plan().opened).toMatchObject({ sheets: ['2020', '2021'], sheet: '2020' })
  await planner.chooseSheet('2021')
  expect(plan().opened).toMatchObject({ sheets: ['2020', '2021'], sheet: '2021' })
  await planner.openFile(new File([''], 'bad.csv'))
  expect(plan()).toMatchObject({ isReading: false, problem: { code: 'table-empty' }, opened: { sheet: '2021' } })
  planner.discardSheet()
  expect(plan().opened).toBeNull()
})
