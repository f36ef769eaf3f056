import { basename } from 'node:path'
import type { StageKey } from '../src/core/analysis/stages/stageKey.ts'
import type { StageStore } from '../src/core/analysis/stages/stageStore.ts'
import type { Protocol } from '../src/core/protocol/protocol.ts'
import { formatRecord } from '../src/io/records/recordFile.ts'
import { fileFromDisk } from '../src/io/sourceFile.node.ts'
import { readTravellingAnalysis, type TravellingAnalysis } from '../src/io/studyFile/analysisFiles.ts'
import { openStudyFile } from '../src/io/studyFile/openStudyFile.ts'
import type { OwnOrigin } from '../src/io/tables/roles/studyChoice.ts'
import { inCanonicalOrder } from '../src/io/tables/inCanonicalOrder.ts'
import { parseCsv, tableOfRows, type TextTable } from '../src/io/tables/tableFile.ts'
import { listSome } from '../src/messages/listSome.ts'
import { say } from '../src/messages/say.ts'
import { UsageError } from './usageError.ts'

/** The analysis of a study file, of one task. */
export interface Bundle {
  readonly protocol: Protocol
  readonly features: TextTable
  readonly clinical: TextTable
  /** What it was read from, with the name of each file. */
  readonly files: readonly { readonly role: string; readonly name: string; readonly bytes: Uint8Array }[]
  /** The tables are the study's own. */
  readonly own: OwnOrigin | undefined
  /** What is lost of it, in sentences. */
  readonly lost: readonly string[]
  /** Told each result of the run; none is taken from the file, so that they can be compared. */
  readonly stages: StageStore
  /** How the results compare with those of the file, once the run is over. */
  compare(): { readonly isSame: boolean; readonly told: string }
}

/**
 * @param task from 1, in the order of the page; the one in hand when the file was saved if it is missing
 * @throws DataError if it is no study file; UsageError if nothing was analysed in it, or it has no such task
 */
export async function readBundle(path: string, task: number | undefined): Promise<Bundle> {
  const file = await fileFromDisk(path)
  const opened = await openStudyFile(file)
  const lost = opened.problems.map(say)
  const analysis = await readTravellingAnalysis(opened, (one) => lost.push(say(one)))
  if (!analysis)
    throw new UsageError(
      `${path} has no analysis${lost.length > 0 ? ` that can be read: ${lost.join(' ')}` : ': analyse the study’s own table on the page and save the study again, or give --features and --clinical.'}`,
    )
  const protocol = chooseTask(analysis, task)
  const tables = { features: analysis.features, clinical: analysis.clinical }
  const read = async ({ name, text }: { readonly name: string; readonly text: string }) => {
    const table = tableOfRows(parseCsv(text, name), name)
    return protocol.order === 'canonical' ? inCanonicalOrder(table) : table
  }
  const texts = await Promise.all(Object.entries(tables).map(async ([role, one]) => ({ role, name: one.name, text: await one.text() }))) // prettier-ignore
  const [features, clinical] = await Promise.all(texts.map(read))
  const known = new Map(analysis.records.map(({ key, record }) => [key, formatRecord(key, record)]))
  const outcomes: { readonly stage: string; readonly isSame: boolean | null }[] = []
  return {
    protocol,
    features,
    clinical,
    files: [
      { role: 'bundle', name: basename(path), bytes: await file.bytes() },
      ...texts.map(({ role, name, text }) => ({ role, name, bytes: new TextEncoder().encode(text) })),
    ],
    own: analysis.choice.own,
    lost,
    stages: {
      have: () => undefined,
      onStage(key: StageKey, record) {
        const before = known.get(key)
        outcomes.push({ stage: record.stage, isSame: before === undefined ? null : before === formatRecord(key, record) })
      },
    },
    compare() {
      const same = outcomes.filter(({ isSame }) => isSame === true).length
      const other = outcomes.filter(({ isSame }) => isSame === false).map(({ stage }) => stage)
      const unknown = outcomes.length - same - other.length
      const told = [
        `${same} of ${outcomes.length} results are those of ${path}, to the last digit`,
        unknown > 0 ? `${unknown} are not in it` : '',
        other.length > 0 ? `other than in it: ${listSome(other, ', ')}; it was written by ${opened.about.program}` : '',
      ]
      return { isSame: other.length === 0, told: `${told.filter(Boolean).join('; ')}.` }
    },
  }
}

function chooseTask({ protocol, tasks }: TravellingAnalysis, task: number | undefined): Protocol {
  if (task === undefined) return protocol
  const found = tasks ? tasks.all[task - 1] : task === 1 ? { protocol } : undefined
  if (found) return found.protocol
  const names = tasks?.all.map(({ task: { column } }, i) => `${i + 1} (${column})`) ?? [`1 (${protocol.outcome.column})`]
  throw new UsageError(`There is no task ${task}; there is ${names.join(', ')}.`)
}
