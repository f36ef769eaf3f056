import 'fake-indexeddb/auto'
import { afterEach, expect, test } from 'vitest'
import { differenceOfPositions } from '../core/mask/difference.ts'
import { findBroken, findBrokenRecords } from '../core/study/invariants.ts'
import { createMaskStore } from '../storage/maskStore.ts'
import { createPatientRecordStore } from '../storage/patientRecordStore.ts'
import { madeVolume } from './actions/madeVolumes.ts'
import { createDecodedImages } from './decodedImages.ts'
import type { NamedFile } from './images.ts'
import { openMadePage, type MadePage } from './madePage.ts'

let page: MadePage
afterEach(async () => {
  await page.session.roiStore.getState().whenKept()
  await page.database.delete()
})

/** A busy machine is not the fault of what is tested. */
const patience = { timeout: 20_000 }

const roles = ['FST2WI', 'T1WI', 'T1WI+C']
const pathOf = (patient: number, role: string) => `study/A${patient}/${role}.nii`
const fileOf = (path: string): NamedFile => ({ path, file: new Blob([path]) })
/** Which files were read, in order. */
let read: string[]

/** A page in which the folders of a few patients were dropped, each a patient with three images. */
async function openStudy(patients = 2) {
  read = []
  page = openMadePage(async function* (files) {
    for (const { path, file } of files) {
      read.push(path)
      const volume = madeVolume(path)
      const identity = { image: `image of ${path}`, content: `content of ${path}`, file: `file ${path}` }
      yield {
        volume: { ...volume, source: { ...volume.source, identity } },
        warnings: [],
        isMask: false,
        files: [{ path, file }],
      }
    }
  })
  const { session } = page
  const files = Array.from({ length: patients }, (_, i) => roles.map((role) => fileOf(pathOf(i + 1, role)))).flat()
  await session.openFiles(files)
  const [question] = session.patientsStore.getState().questions
  session.patientsStore.getState().join(question.byFolder ?? [question.patients.flat()])
  const placed = () => session.workListStore.getState().rows.flatMap(({ cells }) => cells.filter(({ image }) => image))
  await expect.poll(() => placed().length, patience).toBe(3 * patients)
  return session
}

type OpenSession = Awaited<ReturnType<typeof openStudy>>
const draw = async ({ roiStore }: OpenSession) => {
  const { open, recordStroke, whenKept } = roiStore.getState()
  open!.mask.voxels[2] = 1
  recordStroke('Brush', differenceOfPositions([2], 0, 1))
  await whenKept()
}
const inHand = ({ roiStore }: OpenSession) => roiStore.getState().open?.image.source.path
const progress = ({ workListStore }: OpenSession) =>
  workListStore.getState().rows.map(({ cells }) => cells.map((cell) => cell.progress).join(' '))

test('folders that are dropped are patients with roles, and nothing is broken in what is kept of them', async () => {
  const session = await openStudy()
  expect(
    session.workListStore.getState().rows.map(({ patient, cells }) => [patient.label, ...cells.map(({ role }) => role)]),
  ).toEqual([
    ['P0001', ...roles],
    ['P0004', ...roles],
  ])
  const { study, patients, images } = await createPatientRecordStore(page.database).load()
  const regions = await createMaskStore(page.database).list()
  expect(findBrokenRecords(study, patients, images, regions)).toEqual([])
  expect(findBroken(study, regions, await page.database.journal.toArray())).toEqual([])
})

test('done goes on to the next role, then to the next patient, until all is done', async () => {
  const session = await openStudy()
  await session.nextToDo()
  for (const path of [1, 2].flatMap((patient) => roles.map((role) => pathOf(patient, role)))) {
    expect(inHand(session)).toBe(path)
    await draw(session)
    await session.doneAndOn()
  }
  expect(progress(session)).toEqual(['complete complete complete', 'complete complete complete'])
  expect(session.roiStore.getState().notice?.code).toBe('all-done')
  // What is not drawn is not done.
  await session.roiStore.getState().undo()
  await session.doneAndOn()
  expect(session.roiStore.getState().notice?.code).toBe('progress-refused')
})

test('a patient opens with the image to draw on and another of hers beside it, whatever is asked for meanwhile', async () => {
  const session = await openStudy()
  const [first, second] = session.workListStore.getState().rows.map(({ patient }) => patient.id)
  await Promise.all([session.openPatient(first), session.openPatient(second)])
  expect(inHand(session)).toBe(pathOf(2, 'FST2WI'))
  expect(session.secondImage()?.volume.source.path).toBe(pathOf(2, 'T1WI+C'))
  expect(session.secondStore.getState().way).toBe('beside')
  expect(session.screenStore.getState()).toMatchObject({ screen: 'roi', listShown: false })
})

/** What was shown beside, or had its room kept, in turn. */
function watchBeside({ roiStore, secondImage, secondStore }: OpenSession): (string | null)[] {
  const seen: (string | null)[] = []
  const look = () => {
    const { awaited } = secondStore.getState()
    const beside = awaited === null ? (secondImage()?.volume.source.path ?? null) : `awaited ${awaited}`
    if (seen.at(-1) !== beside) seen.push(beside)
  }
  roiStore.subscribe(look)
  secondStore.subscribe(look)
  return seen
}

async function openAsleep(lost: readonly string[] = []) {
  const session = await openStudy(1)
  const { volumes, sleep } = session.imagesStore.getState()
  for (const { id } of volumes) expect(sleep(id)).toBe(true)
  session.imagesStore.setState({
    asleep: session.imagesStore
      .getState()
      .asleep.map((image) => (lost.includes(image.volume.source.path) ? { ...image, findFiles: async () => [] } : image)),
  })
  const seen = watchBeside(session)
  await session.openPatient(session.workListStore.getState().rows[0].patient.id)
  expect(inHand(session)).toBe(pathOf(1, 'FST2WI'))
  return { session, seen }
}

test('the room of an image that will stand beside is kept until it is read: nothing moves under the hand', async () => {
  const { seen } = await openAsleep()
  expect(seen).toEqual(['awaited A1 / T1WI+C', pathOf(1, 'T1WI+C')])
})

test('who goes to another step while a patient is read is not brought back from there', async () => {
  const session = await openStudy(1)
  const { volumes, sleep } = session.imagesStore.getState()
  for (const { id } of volumes) expect(sleep(id)).toBe(true)
  const opening = session.openPatient(session.workListStore.getState().rows[0].patient.id)
  session.screenStore.getState().show('features')
  await opening
  expect(session.screenStore.getState().screen).toBe('features')
  await session.openPatient(session.workListStore.getState().rows[0].patient.id)
  expect(session.screenStore.getState().screen).toBe('roi')
  expect(inHand(session)).toBe(pathOf(1, 'FST2WI'))
})

test('where that image is lost, the next one of hers stands beside, or none', async () => {
  const { seen } = await openAsleep([pathOf(1, 'T1WI+C')])
  expect(seen).toEqual(['awaited A1 / T1WI+C', 'awaited A1 / T1WI', pathOf(1, 'T1WI')])
  await page.database.delete()
  const none = await openAsleep([pathOf(1, 'T1WI+C'), pathOf(1, 'T1WI')])
  expect(none.seen).toEqual(['awaited A1 / T1WI+C', 'awaited A1 / T1WI', null])
})

test('images beyond the budget sleep, the longest unused first, and wake as they were, with what was drawn', async () => {
  const session = await openStudy(3)
  await session.nextToDo()
  await draw(session)
  await session.doneAndOn()
  const bytes = madeVolume('').voxels.byteLength
  const decoded = createDecodedImages({ images: session.imagesStore, roi: session.roiStore, budgetBytes: 4 * bytes })
  const [, , third] = session.workListStore.getState().rows
  await session.openPatient(third.patient.id)
  const own = session.imagesStore
    .getState()
    .volumes.filter(({ volume }) => volume.source.path.includes('A3'))
    .map(({ id }) => id)
  decoded.use(own, own)
  const { volumes, asleep } = session.imagesStore.getState()
  expect(volumes.reduce((sum, { volume }) => sum + volume.voxels.byteLength, 0)).toBeLessThanOrEqual(4 * bytes)
  expect(asleep.map(({ name }) => name)).toHaveLength(5)
  expect(session.workListStore.getState().rows).toHaveLength(3)
  // Their files stay with the browser: they are open still.
  await expect.poll(() => page.database.openedImages.count(), patience).toBe(9)

  read = []
  const [row] = session.workListStore.getState().rows
  await session.openPatient(row.patient.id, row.cells[0].image!)
  expect(read).toContain(pathOf(1, 'FST2WI'))
  expect(inHand(session)).toBe(pathOf(1, 'FST2WI'))
  expect(session.roiStore.getState()).toMatchObject({ voxelCount: 1, status: { progress: 'complete' }, recovery: null })
})

test('a file that changed since is not taken for the image that it was', async () => {
  const session = await openStudy(1)
  const [{ id }] = session.imagesStore.getState().volumes
  expect(session.imagesStore.getState().sleep(id)).toBe(true)
  const sleeping = session.imagesStore.getState().asleep[0]
  session.imagesStore.setState({ asleep: [{ ...sleeping, identity: { ...sleeping.identity, content: 'another' } }] })
  expect(await session.imagesStore.getState().wake(id)).toBeUndefined()
  expect(session.imagesStore.getState().problems.at(-1)?.reason.code).toBe('image-changed')
})

test('as reader 2 no voxel of reader 1 is read, and no state of theirs stands on the list', async () => {
  const session = await openStudy()
  await session.nextToDo()
  const firstKey = session.roiStore.getState().open!.key
  for (let role = 0; role < roles.length; role++) {
    await draw(session)
    await session.doneAndOn()
  }
  const [seen] = session.workListStore.getState().rows
  await session.workListStore.getState().flag(seen.patient.id, 'look again', 'two lesions')
  expect(session.workListStore.getState().rows[0].patient.note).toBe('two lesions')
  const readKeys: string[] = []
  page.database.masks.hook('reading', (record) => {
    readKeys.push(record.key)
    return record
  })
  await session.roiStore.getState().chooseReader('2')
  expect(progress(session)).toEqual(['empty empty empty', 'empty empty empty'])
  expect(session.workListStore.getState().rows.map(({ patient }) => [patient.flag, patient.note])).toEqual([
    [null, ''],
    [null, ''],
  ])
  await session.workListStore.getState().flag(seen.patient.id, 'look again', 'edge')
  expect(session.workListStore.getState().records?.patients[0].note).toBe('two lesions; edge')
  for (const { patient, cells } of session.workListStore.getState().rows)
    for (const { image } of cells) await session.openPatient(patient.id, image!)
  await draw(session)
  await session.doneAndOn()
  await session.roiStore.getState().listKept()
  await session.roiStore.getState().lookAgain()
  expect(readKeys.filter((key) => key.includes('reader 1') || !key.includes('reader 2'))).toEqual([])
  // The count is one that can fail: to reader 1 they are given.
  await session.roiStore.getState().chooseReader('1')
  await createMaskStore(page.database).findAll(firstKey)
  expect(readKeys.some((key) => key.endsWith('reader 1'))).toBe(true)
  expect((await page.database.journal.toArray()).map(({ act, subject }) => [act, subject])).toContainEqual(['switch-reader', '2'])
})

test('the second reading begins where the first is locked, and nowhere else', async () => {
  const session = await openStudy(1)
  await session.nextToDo()
  await draw(session)
  await session.roiStore.getState().setProgress('locked')
  await session.roiStore.getState().whenKept()
  await session.workListStore.getState().readAgain()
  expect(session.readersStore.getState().reader).toBe('1again')
  await expect.poll(() => session.roiStore.getState().otherProgress, patience).toBe('locked')
  await draw(session)
  expect(session.roiStore.getState().voxelCount).toBe(1)
  const [{ patient, cells }] = session.workListStore.getState().rows
  await session.openPatient(patient.id, cells[1].image!)
  const { open, recordStroke } = session.roiStore.getState()
  open!.mask.voxels[2] = 1
  recordStroke('Brush', differenceOfPositions([2], 0, 1))
  expect(session.roiStore.getState()).toMatchObject({ voxelCount: 0, notice: { values: { why: 'firstNotLocked' } } })
})

test('an excluded patient is passed over and not drawn on, and comes back', async () => {
  const session = await openStudy()
  const [first] = session.workListStore.getState().rows
  await session.workListStore.getState().exclude(first.patient.id, 'poor quality')
  await session.nextToDo()
  expect(inHand(session)).toBe(pathOf(2, 'FST2WI'))
  await session.openPatient(first.patient.id)
  const { open, recordStroke } = session.roiStore.getState()
  open!.mask.voxels[2] = 1
  recordStroke('Brush', differenceOfPositions([2], 0, 1))
  expect(session.roiStore.getState()).toMatchObject({ voxelCount: 0, notice: { values: { why: 'excluded' } } })
  await session.workListStore.getState().include(first.patient.id)
  expect(session.workListStore.getState().rows[0].state).toBe('toDo')
})
