import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { unzipSync } from 'fflate'
import Papa from 'papaparse'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DicomElement } from '../src/io/dicom/encodeDicom.ts'
import { findBrokenCohorts } from '../src/core/study/invariants.ts'
import { fileFromDisk } from '../src/io/sourceFile.node.ts'
import { openStudyFile } from '../src/io/studyFile/openStudyFile.ts'
import { makeNifti } from './madeNifti.ts'
import { makeSeries } from './madeSeries.ts'
import { runProgram } from './runProgram.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'texel-study-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function write(path: string, bytes: Uint8Array | string) {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), bytes)
}

const text = (tag: string, vr: string, content: string): DicomElement => [tag, vr, content]
let number = 0

/** A series of 8 slices of a patient. @param planted what names her, in every field that may */
async function writeSeries(patient: number, name: string, time: string, elements: readonly DicomElement[]) {
  number++
  const planted: DicomElement[] = [
    text('00100010', 'PN', `PLANTEDNAME${patient}^GIVENNAME`),
    text('00100020', 'LO', `PLANTEDID${patient}`),
    text('00100021', 'LO', 'PLANTEDISSUER'),
    text('00100030', 'DA', `1951020${patient}`),
    text('00080080', 'LO', 'PLANTEDHOSPITAL'),
    text('00081010', 'SH', 'PLANTEDSTATION'),
    text('00080050', 'SH', 'PLANTEDACCESSION'),
    text('00080020', 'DA', `2019110${patient}`),
    text('00080022', 'DA', `2019110${patient}`),
    text('00181030', 'LO', `PLANTEDNAME${patient} breast`),
    text('00181250', 'SH', `COIL PLANTEDHOSPITAL`),
    text('00180024', 'SH', 'PLANTEDID1'),
    text('00180080', 'DS', 'PLANTEDTR'),
  ]
  const own: DicomElement[] = [text('0020000d', 'UI', `1.2.840.99999.${patient}`), text('00081090', 'LO', 'Vida'), text('00180087', 'DS', '3'), text('00080032', 'TM', time), text('00200011', 'IS', `${number}`)] // prettier-ignore
  const tags = new Set(elements.map(([tag]) => tag))
  const files = makeSeries({ size: [4, 4, 8], value: () => 0, name, number, elements: [...planted.filter(([tag]) => !tags.has(tag)), ...own, ...elements] }) // prettier-ignore
  for (const { path, bytes } of files) await write(`in/PLANTEDFOLDER${patient}/${number}-${path}`, bytes)
}

const t1: DicomElement[] = [text('00180080', 'DS', '4.5'), text('00180081', 'DS', '1.7'), text('00181314', 'DS', '10')]
const t2: DicomElement[] = [text('00180081', 'DS', '90'), text('00180020', 'CS', 'SE'), text('00180022', 'CS', 'FS')]

async function writeStudy() {
  for (const patient of [1, 2, 3]) {
    await writeSeries(patient, 't2_tse_fs', '095500', t2)
    for (const minute of [0, 1, 2, 3, 4, 5]) await writeSeries(patient, 'dyn', `100${minute}00`, t1)
  }
  await write('in/notes.txt', 'PLANTEDNAME1 came late')
}

const open = async (path: string) => {
  const files = unzipSync(new Uint8Array(await readFile(join(folder, path))))
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]))
}

const readTable = (text: string) => Papa.parse<Record<string, string>>(text.trimEnd(), { header: true }).data

test('folders become a study: the table on screen, and a file that names nobody', async () => {
  await writeStudy()
  const { stdout, stderr, exitCode } = await runProgram(['study', '--import', 'in', '--output', 'study.zip'], folder)
  expect([stderr, exitCode]).toEqual(['', 0])
  expect(stdout).toContain('169 files, 3 patients of 1 centre, 21 images, 0 masks')
  expect(stdout).toMatch(/^dyn +Vida, 3 T +3 +18 +DCE +6 phases, 60 s apart, acquisition time$/m)
  expect(stdout).toMatch(/^t2_tse_fs +Vida, 3 T +3 +3 +FST2WI +long TE, spin echo \+3, axial \+3, fat suppressed \+3, called T2 \+2$/m) // prettier-ignore
  expect(stdout).toMatch(/1: text \(.*notes\.txt\)/)
  const files = await open('study.zip')
  const all = Object.values(files).join('\n')
  expect(all.match(/PLANTED\w*|GIVENNAME|1951\d{4}|201911\d\d|1\.2\.840\.99999|2\.25\.\d+/gi)).toBeNull()
  expect(JSON.parse(files['texel-study.json'])).toMatchObject({ format: 1, counts: { patients: 3, images: 21, regions: 0 } })
  const rows = files['images.csv'].trim().split('\n')
  expect(rows).toHaveLength(22)
  expect(rows.filter((row) => row.includes(',dyn,'))).toHaveLength(18)
  expect(files['patients.csv']).toContain(
    'A-0003,A,"A / Vida / 3 T / TR 4.5, TE 1.7, 0.5 x 2 mm",,,,,1,L1,6,acquisition,yes,60,,',
  )
})

test('the study file of an import is one as the page saves it: it is looked into, whole, and with images it needs no folder', async () => {
  await writeStudy()
  const made = await runProgram(['study', '--import', 'in', '--with-images', '--output', 'study.zip'], folder)
  expect([made.stderr, made.exitCode]).toEqual(['', 0])
  const inside = (...more: string[]) => runProgram(['study', 'study.zip', ...more], folder)
  const listed = await inside('--list')
  expect(listed.stdout).toContain('3 patients, 21 images, 0 ROIs, 0 rows of features')
  expect(listed.stdout).toContain('A-0001; centre A; FST2WI T1WI T1WI+C; nothing drawn')
  expect(await inside('--check')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('study.zip is whole') as string })
  const computed = await inside('--extract', '--output', 'features.csv')
  expect(computed).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Reader 1 has no complete ROI in this study file.') as string }) // prettier-ignore

  const study = await openStudyFile(await fileFromDisk(join(folder, 'study.zip')))
  const { patients, images, imageFiles, decisions } = study.records
  expect(imageFiles.map(({ file }) => file).sort()).toEqual(
    patients.flatMap(({ label }) => ['FST2WI', 'T1WI+C', 'T1WI'].map((role) => `images/${label}/${role}.nii.gz`)),
  )
  const volume = await study.readImage(imageFiles[0])
  const { grid } = images.find(({ id }) => id === imageFiles[0].image)!
  expect([volume.size, volume.spacingMm, volume.originMm]).toEqual([grid.size, grid.spacingMm, grid.originMm])
  expect(new Set(patients.map(({ id }) => id)).size).toBe(3)
  expect(decisions).toEqual([])
  expect(study.journal.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
  expect(study.journal.map(({ act }) => act)).toEqual(['import-patient', 'import-patient', 'import-patient', 'import-study'])

  const alone = await runProgram(['study', '--import', 'in', '--with-images'], folder)
  expect(alone).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('name it with --output') as string })
})

test('a rule and a decision that are given change what is proposed', async () => {
  await writeStudy()
  await writeSeries(1, 't2_tse_fs', '095600', t2)
  const rules = (role: string | null) => JSON.stringify([{ when: [{ field: 'description', is: 't2_tse_fs' }], role }])
  await write('rules.json', rules(null))
  const ruled = await runProgram(['study', '--import', 'in', '--rules', 'rules.json'], folder)
  expect(ruled.stdout).toMatch(/^t2_tse_fs +Vida, 3 T +3 +4 +- /m)
  const asked = await runProgram(['study', '--import', 'in', '--output', 'study.zip'], folder)
  expect(asked.stdout).toContain('1 decision to make:')
  const decisions = JSON.parse((await open('study.zip'))['decisions.json']) as {
    options: { id: string }[]
    chosen: string | null
  }[]
  decisions[0].chosen = decisions[0].options[1].id
  await write('decisions.json', JSON.stringify(decisions))
  const decided = await runProgram(['study', '--import', 'in', '--decisions', 'decisions.json', '--output', 'study.zip'], folder)
  expect(decided.stdout).not.toContain('to make')
  const chosen = (await open('study.zip'))['images.csv'].split('\n').find((row) => row.startsWith(decisions[0].options[1].id))
  expect(chosen).toContain(',FST2WI,person,')
})

test('a second listing reads what changed, and tells the same', async () => {
  await writeStudy()
  const list = () => runProgram(['study', '--import', 'in', '--headers', 'headers'], folder)
  const [series] = await readdir(join(folder, 'in/PLANTEDFOLDER1'))
  const file = join(folder, 'in/PLANTEDFOLDER1', series, '001.dcm')
  const then = new Date(2024, 2, 1)
  await utimes(file, then, then)
  const first = await list()
  const { size } = await stat(file)
  await writeFile(file, new Uint8Array(size))
  await utimes(file, then, then)
  // Of equal size and time it is not looked into again.
  expect(await list()).toEqual(first)
  await utimes(file, then, new Date())
  expect((await list()).stdout).toContain('2 left out:')
})

test('a simulated study is found as its truth says', async () => {
  await runProgram(['simulate', '--output', 'sim', '--patients', '8,5', '--dicom'], folder)
  await runProgram(['study', '--import', 'sim/dicom', '--output', 'study.zip'], folder)
  const truth = JSON.parse(await readFile(join(folder, 'sim/truth.json'), 'utf8')) as { patients: { awkward: string[]; expected: { phases: { from: string; proved: boolean; timesS: number[] } } }[] } // prettier-ignore
  const files = await open('study.zip')
  const wanted = truth.patients.map(({ expected: { phases } }) => `${phases.timesS.length},${phases.from},${phases.proved ? 'yes' : 'no'}`) // prettier-ignore
  const patients = readTable(files['patients.csv'])
  expect(patients.map((row) => [row.phases, row.times_from, row.times_proved].join()).sort()).toEqual(wanted.sort())
  const times = readTable(files['images.csv']).flatMap(({ time_s }) => (time_s === '' ? [] : [time_s]))
  const told = truth.patients.flatMap(({ expected }) => expected.phases.timesS)
  const byTime = (a: number, b: number) => a - b
  times.map(Number).sort(byTime).forEach((time, i) => expect(time).toBeCloseTo(told.sort(byTime)[i], 0)) // prettier-ignore
  const asked = JSON.parse(files['decisions.json']) as { kind: string }[]
  const visits = truth.patients.filter(({ awkward }) => awkward.includes('twoVisits')).map(() => 'visit')
  expect(asked.map(({ kind }) => kind)).toEqual(['centres', ...visits])
})

test('a clinical table beside the images: doubts wait, answers and exclusions are taken, cohorts are fixed, and the numbers add up', async () => {
  await runProgram(['simulate', '--output', 'sim', '--patients', '8,5', '--dicom'], folder)
  const study = (...more: string[]) => runProgram(['study', '--import', 'sim/dicom', '--clinical', 'sim/clinical.csv', ...more, '--output', 'study.zip'], folder) // prettier-ignore
  const { stdout } = await study()
  expect(stdout).toMatch(/clinical table: .*her2 of 13 patients/)
  expect(stdout).toMatch(/size_cm: sizes that look like mm, not cm: 1 \(.-000\d\); proposed: mm/)
  expect(stdout).not.toContain('cohorts fixed')
  const doubts = JSON.parse((await open('study.zip'))['clinical-doubts.json']) as { id: string; code: string; proposed: string | null }[] // prettier-ignore
  expect(doubts.map(({ code }) => code)).toEqual(['likely-mm', 'her2-equivocal', 'rows-differ'])
  await write('answers.json', JSON.stringify(doubts.map((doubt) => ({ ...doubt, chosen: doubt.proposed ?? '1' }))))

  const decided = await study('--clinical-doubts', 'answers.json', '--exclude', 'her2-unknown', '--training', 'B')
  expect(decided.exitCode).toBe(0)
  expect(decided.stdout).toMatch(/cohorts fixed, [0-9a-f]{12}:/)
  const count = (what: RegExp) => Number(what.exec(decided.stdout)![1])
  const [training, judged, excluded] = [count(/cohort training: (\d+)/), count(/cohort validation: (\d+)/), count(/excluded, HER2 unknown: (\d+)/)] // prettier-ignore
  expect(training + judged + excluded).toBe(13)
  const files = await open('study.zip')
  expect(JSON.parse(files['clinical-doubts.json'])).toEqual([])
  expect(files['cohorts.csv'].trim().split('\n')).toHaveLength(1 + training + judged)
  expect(JSON.parse(files['texel-study.json'])).toMatchObject({ contents: expect.arrayContaining(['clinical.csv', 'cohorts.csv']) as unknown }) // prettier-ignore
  // The page's own rules hold of it: who is fixed is in a cohort, by the hash that is told.
  const { records, journal, problems } = await openStudyFile(await fileFromDisk(join(folder, 'study.zip')))
  expect([problems, findBrokenCohorts(records.study, records.patients, journal)]).toEqual([[], []])
  expect(records.patients.filter(({ exclusion }) => exclusion?.reason === 'her2-unknown')).toHaveLength(excluded)
  expect(records.decisions.every(({ chosen }) => chosen === null)).toBe(true)
  const variables = ['tic', 'side', 'er', 'pr', 'her2', 'ki67', 'aln']
  const pick = (row: Record<string, string>) => [Number(row.age), Number(row.size_cm), ...variables.map((name) => row[name])].join() // prettier-ignore
  const truth = readTable(await readFile(join(folder, 'sim/truth.csv'), 'utf8'))
  expect(readTable(files['clinical.csv']).map(pick).sort()).toEqual(truth.map(pick).sort())

  const without = await runProgram(['study', '--import', 'sim/dicom', '--training', 'A'], folder)
  expect([without.exitCode, without.stderr]).toEqual([2, '--clinical-doubts, --exclude and --training are about the clinical table: give --clinical as well.\n']) // prettier-ignore
  const wrong = await study('--training', 'Z')
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, 'There is no centre Z; there is A, B.\n'])
})

test('what is no folder, and what is no list of rules, is refused', async () => {
  await write('rules.json', '[{"when": []}]')
  const none = await runProgram(['study', '--import', 'nowhere'], folder)
  expect([none.exitCode, none.stderr]).toEqual([2, '--import nowhere is no folder.\n'])
  const bad = await runProgram(['study', '--import', '.', '--rules', 'rules.json'], folder)
  expect(bad.exitCode).toBe(1)
  expect(bad.stderr).toContain('This is no rules.json of a study file')
})

test('files without headers go by their names', async () => {
  for (const id of ['A-1', 'A-2'])
    for (const [i, name] of ['T2', 'dce_1', 'dce_2', 'dce_3', 'T2_mask'].entries())
      await write(`in/${id}/${name}.nii`, makeNifti({ size: [4, 4, 9], datatype: 2, value: () => Number(id.at(-1)) * 10 + i }))
  const { stdout } = await runProgram(['study', '--import', 'in'], folder)
  expect(stdout).toContain('10 files, 2 patients of 1 centre, 8 images, 2 masks')
  expect(stdout).toContain('names read as {id}/{role}_{phase}.nii: 2 patients, T2, dce')
  expect(stdout).toContain('A-0001; 3 phases, 60 s apart, assumed, not proved')
})
