// @vitest-environment node
import { unzipSync, zipSync } from 'fflate'
import { Uint8ArrayWriter, ZipWriter, type EntryMetaData } from '@zip.js/zip.js/lib/zip-core-custom.js'
import { expect, test, vi } from 'vitest'
import { readClinicalStudy } from '../../core/cohort/clinical/clinicalStudy.ts'
import { namingWords } from '../../core/study/freeText.ts'
import { nameOfFound, findNames } from '../../core/study/leavingStudy.ts'
import { madeResult } from '../../core/study/madeContents.ts'
import { noStudyChoice } from '../tables/roles/studyChoice.ts'
import { DataError, type Message } from '../../core/messages/message.ts'
import { hashBytes } from '../hashBytes.ts'
import { fileFromBytes, type Bytes } from '../sourceFile.ts'
import { readTravellingAnalysis, whyAnalysisStays, type TravellingAnalysis } from './analysisFiles.ts'
import { readTravellingClinical } from './clinicalFiles.ts'
import { answersOfFile, type ReadTable } from './travellingClinical.ts'
import { madeAnalysis, madeClinical, madeStudy, parts, values, writeMade } from './madeStudyFile.ts'
import { mostEntries } from './archiveLimits.ts'
import { beginArchive } from './beginArchive.ts'
import { openArchive } from './openArchive.ts'
import { checkStudyFile, openStudyFile } from './openStudyFile.ts'
import { withoutFile } from './recordsFile.ts'

const open = (bytes: Bytes) => openStudyFile(fileFromBytes('s.texel.zip', bytes))

test('a study comes out of its file as it went in: records, masks, numbers to the last bit, journal', async () => {
  const contents = await madeStudy()
  const bytes = await writeMade(contents)
  const opened = await open(bytes)
  expect(opened.problems).toEqual([])
  const { regions, images, ...records } = opened.records
  expect(records).toEqual({ study: contents.study, patients: contents.patients, decisions: contents.decisions, imageFiles: [] })
  expect(records.decisions).toMatchObject([{ id: 'waits', chosen: null }])
  expect(regions.map(withoutFile)).toEqual(contents.regions)
  expect(regions.map(({ file }) => file)).toEqual(['masks/A-0001/T1WI.1.nii.gz', 'masks/A-0001/T1WI.1.L2.nii.gz', 'masks/A-0002/T1WI+C.2.nii.gz']) // prettier-ignore
  expect(await Promise.all(regions.map((region) => opened.readMask(region)))).toEqual(parts)
  expect(opened.journal).toEqual(contents.journal)
  const tables = await opened.readTables(() => expect.fail('lost'))
  expect(tables.map(({ table }) => table)).toEqual(contents.tables)
  for (const [i, { result }] of tables.entries()) {
    expect(result).toEqual(madeResult(values[i]))
    expect(Object.is(result.features[2][1], -0)).toBe(true)
  }
  // What a scanner's operator wrote of one patient alone stays.
  expect(images.filter(({ technical }) => technical.SeriesDescription !== undefined)).toEqual([])
  expect(await checkStudyFile(opened)).toEqual([])
  const text = Object.entries(unzipSync(bytes)).filter(([name]) => /csv|json|txt|yaml/.test(name)).map(([, one]) => new TextDecoder().decode(one)).join() // prettier-ignore
  expect(text).not.toContain('Mueller')
  expect(text).toContain('identities,7')
  expect(await hashBytes(await writeMade(contents))).toBe(await hashBytes(bytes))
})

test('a text that names somebody stops the file before it is written, until a person confirms it', async () => {
  const contents = await madeStudy()
  const naming = namingWords([{ PatientName: 'Nipple^Anna', PatientID: 'missed' }])
  const found = findNames(contents, naming)
  expect(found.map(({ where, words }) => [where, words])).toEqual([['note', ['nipple']], ['unlocking', ['missed']]]) // prettier-ignore
  await expect(writeMade(contents, { naming })).rejects.toMatchObject({ told: { code: 'names-somebody', values: { found } } })
  const confirmed = new Set(found.slice(0, 1).map(nameOfFound))
  await expect(writeMade(contents, { naming, confirmed })).rejects.toMatchObject({ told: { values: { found: [found[1]] } } })
  await expect(writeMade(contents, { naming, confirmed: new Set(found.map(nameOfFound)) })).resolves.toBeInstanceOf(Uint8Array)
})

test('clinical values come out of the file as they were read, without what was written, dates or names', async () => {
  const contents = await madeStudy()
  const excluded = { reason: 'her2-unknown', by: '1', at: 1 }
  const patients = contents.patients.map((patient, i) => ({ ...patient, exclusion: i === 1 ? excluded : null }))
  const naming = namingWords([{ PatientName: 'Mueller^Anna' }])
  const bytes = await writeMade({ ...contents, patients }, { naming }, madeClinical())
  const opened = await open(bytes)
  const read = (await readTravellingClinical(opened, () => expect.fail('lost')))!
  expect(read.variables.map(({ id, kind }) => [id, kind])).toEqual([['age', 'age'], ['her2', 'her2'], ['size_cm', 'size'], ['days_to_surgery', 'number']]) // prettier-ignore
  expect(read.rows).toEqual([
    { label: 'A-0001', cells: ['90', 'low', '2.35', '11'] },
    { label: 'A-0002', cells: ['44', '', '', ''] },
    { label: 'A-0003', cells: ['9', 'positive', '1.8', ''] },
  ])
  // What was answered is not asked again, and a level is itself.
  const table = { columns: read.variables.map(({ column }) => column), rows: read.rows.map(({ cells }) => cells) }
  const labels = read.rows.map(({ label }) => label)
  const again = readClinicalStudy(table, labels, read.variables, labels.map((label) => ({ label, id: label })), answersOfFile(read)) // prettier-ignore
  expect(again.open).toEqual([])
  expect([...again.valuesOf.values()].map((of) => Object.values(of).map(({ value }) => value))).toEqual([
    [90, 'low', 2.35, 11],
    [44, null, null, null],
    [9, 'positive', 1.8, null],
  ])
  const files = unzipSync(bytes)
  const textOf = (name: string) => new TextDecoder().decode(files[name])
  expect(textOf('exclusions.csv')).toBe('label,reason,also\nA-0002,her2-unknown,\n')
  expect(JSON.parse(textOf('clinical-doubts.json'))).toMatchObject([
    { code: 'her2-equivocal' },
    { code: 'likely-mm', labels: ['A-0002'] },
  ])
  expect(textOf('removed.csv')).toContain('clinicalVariables,4')
  for (const name of Object.keys(files)) expect(textOf(name).toLowerCase(), name).not.toMatch(/mueller|2020-0|h2/)
  expect(await readTravellingClinical(await open(await writeMade(contents)), () => expect.fail('lost'))).toBeNull()
})

test('the analysis of the study’s own tables comes out as it went in; a damaged result is computed again, and what may name somebody stays', async () => {
  const contents = await madeStudy()
  const analysis = madeAnalysis()
  const young: ReadTable = { variables: [{ id: 'age', kind: 'age', column: 'Age' }], clinical: { ...madeClinical().clinical, valuesOf: new Map() } } // prettier-ignore
  const bytes = await writeMade(contents, {}, young, analysis)
  const textsOf = async ({ features, clinical }: TravellingAnalysis) => [features.name, await features.text(), clinical.name, await clinical.text()] // prettier-ignore
  const read = (await readTravellingAnalysis(await open(bytes), () => expect.fail('lost')))!
  // Files are compared by their text below.
  expect({ ...read, features: null, clinical: null }).toEqual({ ...analysis, features: null, clinical: null })
  expect(Object.is((read.records[0].record.value as { p: number[] }).p[3], -0)).toBe(true)
  expect(await textsOf(read)).toEqual(await textsOf(analysis))
  expect(await checkStudyFile(await open(bytes))).toEqual([])
  expect(Object.keys(unzipSync(bytes))).toEqual(expect.arrayContaining(['protocol.yaml', 'protocol-1.yaml', `records/${'a'.repeat(64)}.json`])) // prettier-ignore

  const flipped = bytes.slice()
  const name = new TextEncoder().encode(`records/${'b'.repeat(64)}.json`)
  flipped[flipped.findIndex((_, at) => name.every((byte, i) => flipped[at + i] === byte)) + name.length + 20] ^= 1
  const lost: Message[] = []
  const rest = (await readTravellingAnalysis(await open(flipped), (one) => lost.push(one)))!
  expect(rest.records).toEqual(analysis.records.slice(0, 1))
  expect(lost).toMatchObject([{ code: 'analysis-lost', values: { name: `records/${'b'.repeat(64)}.json` } }])

  // What a person wrote into the report may name somebody.
  const ofBoard = namingWords([{ PatientName: 'Board^Anna' }])
  await expect(writeMade(contents, { naming: ofBoard }, young, analysis)).rejects.toMatchObject({
    told: { code: 'names-somebody', values: { found: [{ where: 'answer', subject: 'ethics', words: ['board'] }] } },
  })

  // An age of 93, and two columns of words.
  const byHand = noStudyChoice
  for (const [clinical, choice] of [[madeClinical(), analysis.choice], [young, byHand]] as const)
    expect(await readTravellingAnalysis(await open(await writeMade(contents, {}, clinical, { ...analysis, choice })), () => expect.fail('lost'))).toBeNull() // prettier-ignore
  const naming = namingWords([{ PatientName: 'Mueller^Anna' }])
  expect(whyAnalysisStays(analysis, madeClinical(), naming)).toMatchObject({ values: { columns: 2, isOld: true } })
  expect(whyAnalysisStays({ choice: byHand }, null, naming)).toMatchObject({ code: 'analysis-of-tables' })
})

test('whichever byte is flipped, what is read is right or named as lost', async () => {
  const contents = await madeStudy()
  const bytes = await writeMade(contents, {}, madeClinical())
  const whole = await open(bytes)
  const [wantedRecords, wantedTables, wantedClinical] = [whole.records, await whole.readTables(() => undefined), await readTravellingClinical(whole, () => undefined)] // prettier-ignore
  let clinicalLost = 0
  const outcomes = { refused: 0, lost: 0, untouched: 0 }
  for (let at = 0; at < bytes.length; at += 41) {
    const flipped = bytes.slice()
    flipped[at] ^= 1 << (at % 8)
    let opened
    try {
      opened = await open(flipped)
    } catch (error) {
      expect(error, `byte ${at}`).toBeInstanceOf(DataError)
      outcomes.refused++
      continue
    }
    let lost = opened.problems.length
    expect(opened.records, `byte ${at}`).toEqual(wantedRecords)
    for (const [i, region] of opened.records.regions.entries()) {
      const part = await opened.readMask(region).catch((error: unknown) => {
        expect(error, `byte ${at}`).toMatchObject({ told: { code: 'roi-lost', values: { label: region.label } } })
        lost++
      })
      if (part) expect(part, `byte ${at}`).toEqual(parts[i])
    }
    const tables = await opened.readTables(() => lost++)
    for (const one of tables) expect(wantedTables, `byte ${at}`).toContainEqual(one)
    const before = lost
    const clinical = await readTravellingClinical(opened, () => lost++)
    if (lost > before) clinicalLost++
    else if (!opened.problems.some(({ values }) => (values as { readonly name?: string }).name === 'clinical.csv'))
      expect(clinical, `byte ${at}`).toEqual(wantedClinical)
    if (tables.length < wantedTables.length) expect(lost, `byte ${at}`).toBeGreaterThan(0)
    outcomes[lost > 0 ? 'lost' : 'untouched']++
  }
  for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(10)
  expect(clinicalLost).toBeGreaterThan(0)
})

const zip = (files: Readonly<Record<string, string>>) => {
  const entries = Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)] as const)
  return new Uint8Array(zipSync(Object.fromEntries(entries)))
}
const sums = async (files: Readonly<Record<string, string>>) =>
  (await Promise.all(Object.entries(files).map(async ([name, text]) => `${await hashBytes(new TextEncoder().encode(text))}  ${name}\n`))).join('') // prettier-ignore
const withSums = async (files: Readonly<Record<string, string>>) => zip({ ...files, SHA256SUMS: await sums(files) })

test('what is no study file, a newer one, or a trap is refused and says so', async () => {
  await expect(open(new Uint8Array(100))).rejects.toThrowSaying('This is no study file')
  await expect(open((await writeMade(await madeStudy())).slice(0, -40))).rejects.toThrowSaying('This is no study file')
  await expect(open(zip({ '../a': 'x', SHA256SUMS: '' }))).rejects.toThrowSaying('whose name leads out')
  await expect(open(zip({ 'C:a': 'x', SHA256SUMS: '' }))).rejects.toThrowSaying('whose name leads out')
  await expect(open(zip({ 'a\\b': 'x', SHA256SUMS: '' }))).rejects.toThrowSaying('whose name leads out')
  await expect(open(zip({ 'a.txt': 'x' }))).rejects.toThrowSaying('SHA256SUMS is missing')
  const newer = { 'texel-study.json': JSON.stringify({ format: 2, program: 'texel 9.0.0', kind: 'real' }) }
  await expect(open(await withSums(newer))).rejects.toThrowSaying('format 2 and was written by texel 9.0.0')
  // As imports wrote them before they wrote studies.
  const imported = { 'texel-study.json': JSON.stringify({ format: 1, program: 'texel 1', kind: 'real', patients: 3, images: 21, decisions: 0, open: 0, contents: [] }) } // prettier-ignore
  await expect(open(await withSums(imported))).rejects.toThrowSaying('Import the folders again')
})

test('a bomb is not unpacked: neither where an entry says its size nor where it lies', async () => {
  const name = 'masks/A-0001/T1WI.1.nii.gz'
  const bomb = new Uint8Array(64 * 2 ** 20)
  const packed = new Uint8Array(zipSync({ [name]: [bomb, { level: 9 }], SHA256SUMS: new Uint8Array() }))
  /** Both headers of the first entry, the local one and that at the end, say this size. */
  const saying = (bytes: number) => {
    const changed = packed.slice()
    const view = new DataView(changed.buffer)
    view.setUint32(22, bytes, true)
    const end = new TextDecoder('latin1').decode(changed).indexOf('PK\x01\x02')
    view.setUint32(end + 24, bytes, true)
    return changed
  }
  await expect(open(saying(2 ** 31 + 1))).rejects.toThrowSaying('no study file has such an entry')
  const archive = await openArchive(fileFromBytes('bomb.zip', saying(1000)))
  const written = vi.spyOn(Uint8ArrayWriter.prototype, 'writeUint8Array')
  await expect(archive.read(name)).rejects.toThrowSaying('is damaged')
  expect(written.mock.calls.reduce((sum, [chunk]) => sum + chunk.length, 0)).toBeLessThanOrEqual(1000)
  written.mockRestore()
})

test('a file of more entries than other programs count is refused, and none is written', async () => {
  const count = mostEntries + 1
  const many = Object.fromEntries(Array.from({ length: count }, (_, i) => [`e${i}`, new Uint8Array()]))
  await expect(open(new Uint8Array(zipSync(many, { level: 0 })))).rejects.toThrowSaying(`at most ${mostEntries} entries`)
  const add = vi.spyOn(ZipWriter.prototype, 'add').mockResolvedValue({} as EntryMetaData)
  const archive = beginArchive(new WritableStream(), new Date(0))
  // With the check sums there are as many as other programs count.
  for (let i = 1; i < mostEntries; i++) await archive.add(`e${i}`, new Uint8Array())
  await expect(archive.add('one more', new Uint8Array())).rejects.toThrowSaying(`at most ${mostEntries} entries`)
  add.mockRestore()
}, 120_000)

test('counts that differ refuse the file, a mask that is another one’s loses that ROI', async () => {
  const bytes = await writeMade(await madeStudy())
  const files = unzipSync(bytes)
  const again = async (change: (files: Record<string, Uint8Array>) => void) => {
    const changed: Record<string, Uint8Array> = { ...files }
    change(changed)
    delete changed.SHA256SUMS
    const lines = await Promise.all(Object.entries(changed).map(async ([name, one]) => `${await hashBytes(one as Bytes)}  ${name}\n`)) // prettier-ignore
    return open(new Uint8Array(zipSync({ ...changed, SHA256SUMS: new TextEncoder().encode(lines.join('')) })))
  }
  const about = new TextDecoder().decode(files['texel-study.json'])
  const fewer = new TextEncoder().encode(about.replace('"regions": 3', '"regions": 4'))
  await expect(again((all) => void (all['texel-study.json'] = fewer))).rejects.toThrowSaying('has 4 regions, and has 3')
  const [first, second] = ['masks/A-0001/T1WI.1.nii.gz', 'masks/A-0001/T1WI.1.L2.nii.gz']
  const swapped = await again((all) => void (all[first] = files[second]))
  const lost = await checkStudyFile(swapped)
  expect(lost).toMatchObject([{ code: 'roi-lost', values: { name: first, why: 'damaged' } }])
  const gone = await again((all) => void delete all[first])
  expect(await checkStudyFile(gone)).toMatchObject([{ code: 'roi-lost', values: { name: first, why: 'missing' } }])
})
