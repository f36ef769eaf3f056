// @vitest-environment node
import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { DataError } from '../../core/messages/message.ts'
import { createRandom } from '../../core/numeric/random.ts'
import { fileFromBytes, type Bytes } from '../sourceFile.ts'
import { readTravellingAnalysis, type TravellingAnalysis } from './analysisFiles.ts'
import { madeAnalysis, madeStudy, writeMade } from './madeStudyFile.ts'
import { openStudyFile } from './openStudyFile.ts'

/* Each region of a study file, however small: in front of every entry, in its name, in what it holds, in the list at the end. */

const local = 0x04034b50
const central = 0x02014b50

/** @returns for each region its name, and where it begins and ends */
function regionsOf(bytes: Bytes): (readonly [name: string, from: number, to: number])[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const starts: number[] = []
  for (let at = 0; at + 4 <= bytes.length; at++) if ([local, central].includes(view.getUint32(at, true))) starts.push(at)
  const cut = starts.flatMap((at, i): (readonly [string, number, number])[] => {
    const next = starts[i + 1] ?? bytes.length
    const [kind, head, length] = view.getUint32(at, true) === local ? ['entry', 30, 26] as const : ['list', 46, 28] as const // prettier-ignore
    const named = at + head + view.getUint16(at + length, true)
    const name = new TextDecoder().decode(bytes.subarray(at + head, named))
    return [[`head of ${kind} ${name}`, at, at + head], [`name of ${kind} ${name}`, at + head, named], [`rest of ${kind} ${name}`, named, next]] // prettier-ignore
  })
  return cut.filter(([, from, to]) => to > from)
}

test('in whichever region of a study file a byte is flipped, what is read of records and analysis is as it was, or named as lost', async () => {
  const bytes = await writeMade(await madeStudy(), {}, null, madeAnalysis())
  const textsOf = async ({ features, clinical, ...rest }: TravellingAnalysis) => ({ rest, texts: [await features.text(), await clinical.text()] }) // prettier-ignore
  const whole = await openStudyFile(fileFromBytes('s', bytes))
  const wanted = await textsOf((await readTravellingAnalysis(whole, () => expect.fail('lost')))!)
  const tables = await whole.readTables(() => expect.fail('lost'))
  const regions = regionsOf(bytes)
  // Every entry has its place in both: else regions were missed.
  expect(regions.filter(([name]) => name.startsWith('head'))).toHaveLength(2 * Object.keys(unzipSync(bytes)).length)
  const random = createRandom(5)
  const outcomes = { refused: 0, lost: 0, whole: 0 }
  for (const [name, from, to] of regions) {
    const at = from + Math.floor(random.uniform() * (to - from))
    const flipped = bytes.slice()
    flipped[at] ^= 1 << Math.floor(8 * random.uniform())
    let lost = 0
    try {
      const opened = await openStudyFile(fileFromBytes('s', flipped))
      lost = opened.problems.length
      expect(opened.records, `${name}, byte ${at}`).toEqual(whole.records)
      for (const one of await opened.readTables(() => lost++)) expect(tables, `${name}, byte ${at}`).toContainEqual(one)
      const analysis = await readTravellingAnalysis(opened, () => lost++)
      if (analysis) {
        const read = await textsOf(analysis)
        expect(wanted.rest.records, `${name}, byte ${at}`).toEqual(expect.arrayContaining([...read.rest.records]))
        expect(read.rest.records.length + lost, `${name}, byte ${at}`).toBeGreaterThanOrEqual(wanted.rest.records.length)
        expect({ ...read, rest: { ...read.rest, records: wanted.rest.records } }, `${name}, byte ${at}`).toEqual(wanted)
      } else expect(lost, `${name}, byte ${at}`).toBeGreaterThan(0)
      outcomes[lost > 0 ? 'lost' : 'whole']++
    } catch (error) {
      if (!(error instanceof DataError)) throw error
      outcomes.refused++
    }
  }
  console.log(`${regions.length} regions, a flip in each: ${JSON.stringify(outcomes)}`)
  for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(5)
})
