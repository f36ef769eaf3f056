import { z } from '../../core/messages/zod.ts'
import type { StageKey } from '../../core/analysis/stages/stageKey.ts'
import type { StageRecord } from '../../core/analysis/stages/stageStore.ts'
import { DataError, type Message } from '../../core/messages/message.ts'
import type { Protocol } from '../../core/protocol/protocol.ts'
import type { ReportAnswers } from '../../core/report/answers.ts'
import { namesSomebody } from '../../core/study/freeText.ts'
import { formatRecord, parseRecord } from '../records/recordFile.ts'
import type { StudyChoice } from '../tables/roles/studyChoice.ts'
import type { StudyTask } from '../tables/roles/studyTask.ts'
import type { StudyEntry } from './featureFiles.ts'
import { refuse, tell } from './messages.ts'
import type { StudyFile } from './openStudyFile.ts'
import { parseStudyJson } from './parseStudyJson.ts'
import { oldestTold, staysBehind, type ReadTable } from './travellingClinical.ts'

/*
 * The analysis of the study's own tables: the tables as they were analysed, what is to be done with them, and the result of each stage.
 */

const listName = 'analysis.json'

interface Look {
  readonly at: number
  readonly changes: number
  readonly decided?: string | undefined
}

/** A question that is put to the study, and how it is answered. */
export interface TravellingTask {
  readonly task: StudyTask
  readonly protocol: Protocol
  readonly firstLook: Look | null
}

export interface TravellingAnalysis {
  readonly features: File
  readonly clinical: File
  readonly choice: StudyChoice
  readonly protocol: Protocol
  readonly firstLook: Look | null
  /** What persons added to the report; none before somebody did. */
  readonly answers?: ReportAnswers
  /** Where there are several. */
  readonly tasks?: { readonly inHand: number; readonly all: readonly TravellingTask[] }
  readonly records: readonly { readonly key: StageKey; readonly record: StageRecord }[]
}

const look = z.object({ at: z.number(), changes: z.number(), decided: z.string().optional() }).nullable()
const task = z.object({
  id: z.int(),
  table: z.literal(['features', 'clinical', 'statuses']),
  column: z.string(),
  positive: z.string(),
}) satisfies z.ZodType<StudyTask>
/** Questions and items of another version are shown nowhere, and stay. */
const answers: z.ZodType<ReportAnswers> = z.object({
  questions: z.record(z.string(), z.string()),
  items: z.record(z.string(), z.literal(['yes', 'no', 'not applicable'])),
})
const list = z.object({
  features: z.string(),
  clinical: z.string(),
  // What is said of columns is looked through whenever the tables are read.
  choice: z.looseObject({ roles: z.array(z.string()), clinicalRoles: z.array(z.string()), own: z.looseObject({}) }),
  protocol: z.string(),
  firstLook: look,
  answers: answers.exactOptional(),
  tasks: z.object({ inHand: z.int(), all: z.array(z.object({ task, protocol: z.string(), firstLook: look })) }).exactOptional(),
})

/** The parser is as large as all the rest. */
const loadProtocols = () => import('../records/protocolFile.ts')

/**
 * Why an analysis cannot leave with the study; null where it can. Tables that somebody opened may hold the clinic's IDs; and an analysis of
 * other values than those that leave would not be the same.
 */
export function whyAnalysisStays(
  { choice }: Pick<TravellingAnalysis, 'choice'>,
  clinical: ReadTable | null,
  naming: ReadonlySet<string>,
): Message | null {
  if (!choice.own) return tell('analysis-of-tables', {})
  const variables = clinical?.variables ?? []
  const columns = variables.filter((one) => one.kind !== 'date' && (staysBehind(one) || namesSomebody(one.id, naming)))
  const ages = variables.filter(({ kind }) => kind === 'age').map(({ id }) => id)
  const isOld = [...(clinical?.clinical.valuesOf.values() ?? [])].some((of) => ages.some((id) => Number(of[id]?.value ?? 0) > oldestTold)) // prettier-ignore
  return columns.length > 0 || isOld ? tell('analysis-of-more', { columns: columns.length, isOld }) : null
}

export async function formatAnalysis(analysis: TravellingAnalysis): Promise<StudyEntry[]> {
  const { features, clinical, choice, protocol, firstLook, answers: told, tasks, records } = analysis
  const { formatProtocolFile } = await loadProtocols()
  const text = (name: string, content: string) => ({ name, bytes: new TextEncoder().encode(content) })
  const others = (tasks?.all ?? []).filter((one) => one.task.id !== tasks?.inHand)
  const nameOf = ({ task: { id } }: TravellingTask) => (id === tasks?.inHand ? 'protocol.yaml' : `protocol-${id + 1}.yaml`)
  const about = {
    features: 'analysis/study-features.csv',
    clinical: 'analysis/study-clinical.csv',
    choice,
    protocol: 'protocol.yaml',
    firstLook,
    ...(told && { answers: told }),
    ...(tasks && { tasks: { inHand: tasks.inHand, all: tasks.all.map((one) => ({ ...one, protocol: nameOf(one) })) } }),
  }
  return [
    text('protocol.yaml', formatProtocolFile(protocol)),
    ...others.map((one) => text(nameOf(one), formatProtocolFile(one.protocol))),
    { name: about.features, bytes: new Uint8Array(await features.arrayBuffer()) },
    { name: about.clinical, bytes: new Uint8Array(await clinical.arrayBuffer()) },
    ...records.map(({ key, record }) => text(`records/${key}.json`, formatRecord(key, record))),
    text(listName, `${JSON.stringify(list.parse(about), null, 1)}\n`),
  ]
}

/**
 * @param onLost what is lost of it: a result that is damaged is computed again
 * @returns null where the file has none, or where its tables or protocols are lost
 */
export async function readTravellingAnalysis(
  { names, readEntry }: Pick<StudyFile, 'names' | 'readEntry'>,
  onLost: (lost: Message) => void,
): Promise<TravellingAnalysis | null> {
  if (!names.includes(listName)) return null
  const readText = async (name: string) => new TextDecoder().decode(await readEntry(name))
  const orLost = async <T>(name: string, read: () => Promise<T>): Promise<T | null> => {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof DataError)) throw error
      onLost(tell('analysis-lost', { name }))
      return null
    }
  }
  const { parseProtocolFile } = await loadProtocols()
  const readProtocol = async (name: string) => parseProtocolFile(await readText(name), name)
  const begun = await orLost(listName, async () => {
    const { choice, features, clinical, tasks, ...about } = parseStudyJson('analysis', await readText(listName), list)
    const fileOf = async (name: string) => new File([await readEntry(name)], name.slice(name.lastIndexOf('/') + 1))
    const all: TravellingTask[] = []
    for (const one of tasks?.all ?? []) all.push({ ...one, protocol: await readProtocol(one.protocol) })
    return {
      ...about,
      choice: choice as unknown as StudyChoice,
      features: await fileOf(features),
      clinical: await fileOf(clinical),
      protocol: await readProtocol(about.protocol),
      ...(tasks && { tasks: { inHand: tasks.inHand, all } }),
    }
  })
  if (!begun) return null
  const records: TravellingAnalysis['records'][number][] = []
  for (const name of names.filter((one) => /^records\/[0-9a-f]{64}\.json$/.test(one))) {
    const found = await orLost(name, async () => {
      const read = parseRecord(await readText(name), name)
      if (name !== `records/${read.key}.json`) throw refuse('entry-damaged', { name })
      return read
    })
    if (found) records.push(found)
  }
  return { ...begun, records }
}
