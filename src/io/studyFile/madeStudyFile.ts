import type { ExtractionResult } from '../../core/extraction/collectResult.ts'
import type { StudyContents } from '../../core/study/contents.ts'
import { madeContents, madePart, madeRegion, madeResult, madeTable } from '../../core/study/madeContents.ts'
import { readClinicalStudy } from '../../core/cohort/clinical/clinicalStudy.ts'
import type { VariableSpec } from '../../core/cohort/clinical/variables.ts'
import { hashMask } from '../images/hashMask.ts'
import { studyParameters } from '../records/studyParameters.ts'
import type { Bytes } from '../sourceFile.ts'
import type { ReadTable } from './travellingClinical.ts'
import { defaultProtocol } from '../../core/protocol/protocol.ts'
import { noStudyChoice } from '../tables/roles/studyChoice.ts'
import type { TravellingAnalysis } from './analysisFiles.ts'
import { writeStudyFile, type StudySources, type WritingOptions } from './writeStudyFile.ts'

/* Test support: a study of three patients, three regions and their features, as a file. */

export const parts = [madePart(0), madePart(1), madePart(2)]
const options: WritingOptions = {
  naming: new Set(),
  confirmed: new Set(),
  stays: { identities: 7 },
  program: 'texel 1.2.3',
  readme: 'read me',
  say: ({ code }) => code,
  now: new Date('2026-01-02T03:04:06Z'),
}
export const values = [0.1 + 0.2, -Infinity, 5e-324]

export async function madeStudy(): Promise<StudyContents> {
  const hashes = await Promise.all(parts.map((part) => hashMask(part)))
  const regions = [
    madeRegion('A-0001', 'p1-T1WI.c1', { maskHash: hashes[0], box: parts[0].box, progress: 'locked' }),
    madeRegion('A-0001', 'p1-T1WI.c1', { maskHash: hashes[1], box: parts[1].box, lesion: 'L2' }),
    madeRegion('A-0002', 'p2-T1WI+C.c1', { maskHash: hashes[2], box: parts[2].box, reader: '2' }),
  ]
  const contents = madeContents(3)
  return {
    ...contents,
    study: { ...contents.study, parameters: { name: 'ours', values: studyParameters }, rules: [{ when: [{ field: 'EchoTime', between: [60, Infinity] }], role: 'FST2WI', by: '1', at: 3 }] }, // prettier-ignore
    patients: contents.patients.map((patient, i) => ({
      ...patient,
      note: i === 0 ? 'close to the nipple' : '',
      ...(i === 0 && { lesions: [{ id: 'L1' as const }, { id: 'L2' as const, name: 'medial' }] }),
    })),
    images: contents.images.map((image) => ({ ...image, technical: { Modality: 'MR', SeriesDescription: image.patient === 'p1' ? 't2 for Mueller' : 't2_tirm', EchoTime: '71' } })), // prettier-ignore
    decisions: [{ id: 'waits', kind: 'visit', subjects: ['p1-T1WI'], options: [{ id: 'a', groups: [['p1-T1WI']] }], proposed: null, chosen: null }], // prettier-ignore
    regions,
    tables: regions.map((region) => madeTable(region, studyParameters)),
    journal: [
      { seq: 1, at: 5, act: 'draw-region', subject: 'k', progress: 'locked' },
      { seq: 2, at: 6, act: 'unlock-region', subject: 'k', progress: 'complete', reason: 'slice missed' },
    ],
  }
}

/** What a hospital's table says of the first two patients, a name among its cells. */
export const madeClinical = (): ReadTable => {
  const variables: VariableSpec[] = [
    { id: 'age', kind: 'age', column: 'Age' },
    { id: 'her2', kind: 'her2', column: 'HER2', ishColumn: 'FISH' },
    { id: 'size_cm', kind: 'size', column: 'Size' },
    { id: 'surgery_date', kind: 'date', column: 'Surgery' },
    { id: 'mri_date', kind: 'date', column: 'MRI' },
    { id: 'remark', kind: 'category', column: 'Remark' },
    { id: 'of_mueller', kind: 'number', column: 'Of Mueller' },
  ]
  const rows = [
    ['H1', '93', '1+', '', '2.35', '2020-03-09', '2020-02-27', 'Mueller', '1'],
    ['H2', '44', '2+', '', '25', '2020-03-09', '', '', '2'],
    ['H3', '9', '3+', '', '1.8', '', '', '', ''],
  ]
  const columns = ['id', 'Age', 'HER2', 'FISH', 'Size', 'Surgery', 'MRI', 'Remark', 'Of Mueller']
  const known = [1, 2, 3].map((number) => ({ id: `H${number}`, label: `A-000${number}` }))
  const answers = { 'out-of-range age': 'as written' }
  return { variables, clinical: readClinicalStudy({ columns, rows }, rows.map(([id]) => id), variables, known, answers) } // prettier-ignore
}

/** Two tasks of the study's own tables, of which the second is in hand, and the results of two stages. */
export function madeAnalysis(): TravellingAnalysis {
  const protocolOf = (column: string) => ({ ...defaultProtocol, seed: 7, outcome: { column, positive: 'yes' } })
  const tasks = ['her2', 'low'].map((column, id) => ({
    task: { id, table: 'clinical' as const, column, positive: 'yes' },
    protocol: protocolOf(column),
    firstLook: id === 1 ? { at: 5, changes: 2 } : null,
  }))
  const own = { freeze: 'f', rows: 'r', clinical: 'c', plan: 'centre' as const, leftOut: [], thaws: 1 }
  return {
    features: new File(['id,x\nA-0001,0.1\n'], 'study-features.csv'),
    clinical: new File(['id,cohort\nA-0001,training\n'], 'study-clinical.csv'),
    choice: { ...noStudyChoice, roles: ['id', 'feature'], clinicalRoles: ['id', 'cohort'], training: 'training', own },
    protocol: protocolOf('low'),
    firstLook: { at: 5, changes: 2 },
    answers: { questions: { ethics: 'Approved by the board, 2021-07.' }, items: { 'CLEAR 7': 'yes' } },
    tasks: { inHand: 1, all: tasks },
    records: ['a', 'b'].map((sign, i) => ({
      key: sign.repeat(64),
      record: { stage: `select.${i}`, version: 1, value: { kept: ['x'], p: [0.1 + 0.2, NaN, -Infinity, -0] } },
    })),
  }
}

export async function writeMade(
  contents: StudyContents,
  more: Partial<WritingOptions> = {},
  clinical: ReadTable | null = null,
  analysis: TravellingAnalysis | null = null,
  readImage?: StudySources['readImage'],
): Promise<Bytes> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const bytes = new Response(readable).arrayBuffer()
  const sources = {
    clinical,
    analysis,
    readImage,
    readMask: async ({ maskHash }: { maskHash: string }) =>
      parts[contents.regions.findIndex((region) => region.maskHash === maskHash)],
    readResult: async ({ maskHash }: { maskHash: string }): Promise<ExtractionResult> =>
      madeResult(values[contents.regions.findIndex((region) => region.maskHash === maskHash)]),
  }
  try {
    await writeStudyFile(writable, contents, sources, { ...options, ...more })
  } catch (error) {
    await writable.abort(error).catch(() => undefined)
    await bytes.catch(() => undefined)
    throw error
  }
  return new Uint8Array(await bytes)
}
