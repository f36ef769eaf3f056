// @vitest-environment node
import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import { dce, t2 } from '../core/cohort/proposal/madeListedImages.ts'
import type { ListedImage } from '../core/cohort/proposal/listedImage.ts'
import { differenceOfPositions } from '../core/mask/difference.ts'
import { namingStores } from '../storage/migrations.ts'
import { createTableStore } from '../storage/tableStore.ts'
import type { KeptTable } from '../storage/schema.ts'
import type { NamedFile } from './images.ts'
import { openMadePage, type MadePage } from './madePage.ts'

/* What may be a patient's name or ID stands in the stores for it alone: the others are searched whole for names planted before. */

/** A busy machine is not the fault of what is tested. */
const patience = { timeout: 20_000 }
const planted = ['PLANTEDNAME', 'PLANTEDGIVEN', 'PLANTEDNUMBER', 'PLANTEDFOLDER', 'PLANTEDFILE', 'PLANTEDVISIT']

let page: MadePage
afterEach(async () => {
  await page.session.roiStore.getState().whenKept()
  await page.database.delete()
})

const hers = (n: number): ListedImage[] => {
  const dicom = { PatientID: `PLANTEDNUMBER${n}`, PatientName: `PLANTEDNAME${n}^PLANTEDGIVEN`, StudyInstanceUID: `study ${n}` }
  const told = { ...dicom, SeriesDescription: `t2_tirm_tra PLANTEDNAME${n} PLANTEDGIVEN PLANTEDNUMBER${n}` }
  const folder = `PLANTEDFOLDER/PLANTEDVISIT${n}`
  return [
    t2({ dicom: told, path: `${folder}/PLANTEDFILE2` }, `${n}-t2`),
    // Which of the two it is has to be decided.
    t2({ dicom: told, path: `${folder}/PLANTEDFILE3` }, `${n}-t2-again`),
    ...dce((i) => ({ dicom, path: `${folder}/PLANTEDFILE1.${i + 1}` }), 4, `${n}-p`),
  ].map((image): ListedImage => {
    const { source } = image.volume
    const series = source.dicom!['SeriesDescription']
    return { ...image, volume: { ...image.volume, size: [8, 8, 9], source: { ...source, series } } }
  })
}
/** No header tells whose it is: its path alone does. */
const alone: ListedImage = {
  ...hers(9)[0],
  id: 'alone',
  volume: { ...hers(9)[0].volume, source: { path: 'PLANTEDFOLDER9/PLANTEDFILE9.nii', format: 'NIfTI' } },
}
const fileOf = ({ volume: { source } }: ListedImage): NamedFile => ({
  path: source.path,
  file: new File([source.path], source.path.split('/').at(-1)!, { lastModified: 5 }),
})

function openPage(all: readonly ListedImage[]): MadePage {
  const find = (path: string) => all.find(({ volume }) => volume.source.path === path)!
  return openMadePage(
    async function* (files) {
      for (const file of files) {
        const { id, volume } = find(file.path)
        const source = { ...volume.source, identity: { image: id, content: `content-of-${id}` } }
        const voxels = new Float32Array(volume.size[0] * volume.size[1] * volume.size[2]).fill(3)
        yield { volume: { ...volume, voxels, source }, warnings: [], isMask: false, files: [file] }
      }
    },
    async (files) => ({
      images: files.map((file) => ({ ...find(file.path), files: [file], warnings: [] })),
      masks: [],
      leftOut: [],
      pattern: undefined,
      records: files.map(({ path, file }) => [JSON.stringify([path, file.size, 5]), { kind: 'file' as const }]),
    }),
  )
}

const roi = () => page.session.roiStore.getState()
const paint = (position: number) => {
  roi().open!.mask.voxels[position] = 1
  roi().recordStroke('Brush', differenceOfPositions([position], 0, 1))
}

/** All that stands in the stores of a kind, as one text each. */
async function dump(mayName: boolean): Promise<Map<string, string>> {
  const { tables } = page.database
  const wanted = tables.filter(({ name }) => namingStores.has(name) === mayName)
  const texts = wanted.map(async (table) => [table.name, JSON.stringify(await table.toArray())] as const)
  return new Map(await Promise.all(texts))
}
const found = (texts: ReadonlyMap<string, string>) =>
  [...texts].flatMap(([store, text]) => planted.filter((name) => text.toUpperCase().includes(name)).map((name) => `${store}: ${name}`)) // prettier-ignore

async function extract() {
  const { open, voxelCount } = roi()
  const { key, imageKey: image, reader, lesion, imageName } = open!
  const called = { label: 'P0001', stem: 'P0001_image-1_reader-1' }
  const of = { key, image, reader, lesion, imageName, readerName: 'Reader 1', ...called, voxelCount, maskHash: '0' }
  const run = { savedAt: 1, featureCount: 0, isPartial: false, seconds: 1, parametersName: 'defaults', program: '1' }
  await createTableStore(page.database).keep(
    { ...of, ...run, parameters: {} } as unknown as KeptTable,
    {
      features: [],
      warnings: [],
      failures: [],
    } as never,
  )
  return imageName
}

test('names of patients, folders and files stand in no store but those for them, whatever is done', async () => {
  page = openPage([...hers(1), ...hers(2), alone])
  const { session } = page
  await session.openFiles([fileOf(alone)])
  const { volumes } = session.imagesStore.getState()
  await session.openImage(volumes[0])
  await session.patientsStore.getState().whenKept()
  paint(1)
  await session.addLesion()
  paint(2)
  await roi().whenKept()
  const name = await extract()
  expect(name).toContain('PLANTEDFILE9')
  await roi().chooseReader('2')
  paint(3)
  await roi().whenKept()
  await expect.poll(() => page.database.openedImages.count(), patience).toBe(1)

  await session.openFiles([...hers(1), ...hers(2)].map(fileOf))
  const importer = await session.studyImporter()
  await importer.take()
  expect(await page.database.decisions.count()).toBeGreaterThan(0)
  session.patientsStore.getState().join([session.patientsStore.getState().patients[0].keys, ['["id","PLANTEDNUMBER7"]']])
  await session.patientsStore.getState().whenKept()
  expect(await page.database.patientAnswers.count()).toBe(1)
  await session.openPatient(session.workListStore.getState().rows.find(({ patient }) => patient.label === 'A-0001')!.patient.id)
  paint(4)
  await roi().whenKept()
  await roi().setProgress('complete')
  await roi().whenKept()
  await extract()
  await vi.waitFor(async () => expect(await page.database.regions.count()).toBe(4))

  const [gone] = (await page.database.regions.toArray()).filter(({ reader, lesion }) => reader === '1' && lesion === 'L1')
  await session.deletionsStore.getState().delete(gone.key)
  expect(session.deletionsStore.getState()).toMatchObject({ refusal: null, deleted: [{ deleted: { key: gone.key } }] })
  expect(found(await dump(false))).toEqual([])
  await session.deletionsStore.getState().undo(session.deletionsStore.getState().latest!)
  expect(found(await dump(false))).toEqual([])

  // Planted they were: where they may stand they do, and the screen shows images under their names.
  expect(found(await dump(true)).map((one) => one.split(': ')[1])).toEqual(expect.arrayContaining(planted))
  await roi().listKept()
  expect(roi().kept.filter(({ imageName }) => imageName === name)).toHaveLength(3)
  expect((await createTableStore(page.database).list()).map(({ imageName }) => imageName)).toContain(name)
})
