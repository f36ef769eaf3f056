// @vitest-environment node
import { readFileSync } from 'node:fs'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { DataError } from '../core/messages/message.ts'
import { lookIntoFiles } from './importing/planReading.ts'
import { zipAgain } from './madeEdits.ts'
import { openZip } from './openZip.ts'
import { fileFromBytes, type Bytes } from './sourceFile.ts'
import { madeStudy, writeMade } from './studyFile/madeStudyFile.ts'
import { openStudyFile } from './studyFile/openStudyFile.ts'
import { readWorkbook } from './tables/readWorkbook.ts'

/* A zip may claim any size and name, and a transfer may change any byte of it. */

const oblique = new Uint8Array(readFileSync('reference/dicom/oblique.zip'))
const below = new Uint8Array(readFileSync('reference/workbooks/below.xlsx'))
const zipped = (files: Readonly<Record<string, Uint8Array>>): Bytes => new Uint8Array(zipSync(files))

/** Where the records of this kind begin: 0x04034b50 in front of each file, 0x02014b50 in the list at the end. */
function findRecords(bytes: Bytes, signature: number): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: Math.max(0, bytes.length - 3) }, (_, at) => at).filter(
    (at) => view.getUint32(at, true) === signature,
  )
}

/** The zip, each of whose entries says that it unpacks to as many bytes. */
function claiming(bytes: Bytes, size: number): Bytes {
  const changed = bytes.slice()
  const view = new DataView(changed.buffer)
  for (const [signature, at] of [[0x04034b50, 22], [0x02014b50, 24]] as const)
    for (const record of findRecords(bytes, signature)) view.setUint32(record + at, size, true)
  return changed
} // prettier-ignore

test('whichever byte of a workbook is flipped, its cells are as they were or it is refused, and that soon', async () => {
  const wanted = (await readWorkbook(below, 'b.xlsx')).rows
  const outcomes = { refused: 0, same: 0 }
  for (let at = 0; at < below.length; at += 41) {
    const flipped = below.slice()
    flipped[at] ^= 1 << (at % 8)
    try {
      expect((await readWorkbook(flipped, 'b.xlsx')).rows, `byte ${at}`).toEqual(wanted)
      outcomes.same++
    } catch (error) {
      expect(error, `byte ${at}`).toBeInstanceOf(DataError)
      outcomes.refused++
    }
  }
  expect(outcomes.refused).toBeGreaterThan(50)
})

test('of a zip of images whichever byte is flipped, a file has its bytes or is refused', async () => {
  const wanted = unzipSync(oblique)
  const outcomes = { refused: 0, same: 0 }
  for (let at = 0; at < oblique.length; at += 17) {
    const flipped = oblique.slice()
    flipped[at] ^= 1 << (at % 8)
    try {
      // A file whose name is another one is a file beside the others.
      const files = (await openZip(fileFromBytes('z.zip', flipped))).filter(({ path }) => path.slice(6) in wanted)
      for (const file of files) expect(await file.bytes(), `byte ${at}`).toEqual(wanted[file.path.slice(6)])
      outcomes.same++
    } catch (error) {
      expect(error, `byte ${at}`).toBeInstanceOf(DataError)
      outcomes.refused++
    }
  }
  expect(outcomes.refused).toBeGreaterThan(outcomes.same)
})

test('a file that is shorter than its zip says does not keep the import waiting', async () => {
  const files = await openZip(fileFromBytes('z.zip', claiming(oblique, 90_000)))
  await expect(lookIntoFiles(files.map((file) => ({ file, inFolder: true })))).rejects.toThrowSaying(/zip.*damaged/i)
})

test('no more is unpacked than a zip says, and of a workbook no more than a table can have', async () => {
  const nothing = zipped({ 'xl/workbook.xml': new Uint8Array(4 << 20) })
  await expect(readWorkbook(claiming(nothing, 100), 'b.xlsx')).rejects.toThrowSaying('cut off or damaged')
  await expect(readWorkbook(claiming(below, 0x7fff_ffff), 'b.xlsx')).rejects.toThrowSaying(/b\.xlsx would unpack to \d+\.\d GiB/)
  const [file] = await openZip(fileFromBytes('z.zip', claiming(zipped({ a: new Uint8Array(4 << 20) }), 100)))
  await expect(file.bytes()).rejects.toThrowSaying(/zip.*damaged/i)
})

test('a name that leads out of a folder is a name of a file, and no part of a study', async () => {
  const names = ['../../a.nii', '/etc/b.nii', 'C:\\c.nii', 'd/../../e.nii', '<script>alert(1)</script>.nii']
  const files = await openZip(fileFromBytes('z.zip', zipped(Object.fromEntries(names.map((name) => [name, strToU8('x')])))))
  expect(files.map(({ path }) => path)).toEqual(names.map((name) => `z.zip/${name}`))
  const study = unzipSync(await writeMade(await madeStudy()))
  for (const name of names.slice(0, 4))
    await expect(openStudyFile(fileFromBytes('s', zipAgain({ ...study, [name]: strToU8('x') })))).rejects.toThrowSaying('whose name leads out') // prettier-ignore
})

test('a study file whose numbers are no Parquet, with check sums that hold, loses these rows and says so', async () => {
  const study = unzipSync(await writeMade(await madeStudy()))
  const name = Object.keys(study).find((one) => one.endsWith('.parquet'))!
  const broken = study[name].slice()
  broken.fill(0xff, 8, 40)
  const file = await openStudyFile(fileFromBytes('s', zipAgain({ ...study, [name]: broken })))
  const lost: unknown[] = []
  await file.readTables((one) => lost.push(one))
  expect(lost).toMatchObject([{ code: 'rows-lost', values: { name } }])
})
