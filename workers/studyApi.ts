import { recordScores, type ScoredAnalysis } from '../src/core/analysis/judgedScores.ts'
import { hashStudy, type DataKeys } from '../src/core/analysis/stages/hashStudy.ts'
import type { StudyData } from '../src/core/analysis/studyData.ts'
import type { ScoreRecord } from '../src/core/evaluate/scoreRecord.ts'
import type { Message } from '../src/core/messages/message.ts'
import { defaultProtocol, type Protocol } from '../src/core/protocol/protocol.ts'
import type { Bytes } from '../src/io/sourceFile.ts'
import { readStudy } from '../src/io/tables/readStudy.ts'
import { countFaults } from '../src/io/tables/roles/countFaults.ts'
import { readSheetRows, type SheetRows } from '../src/io/tables/readSheetRows.ts'
import { readRawTable } from '../src/io/tables/roles/rawTable.ts'
import type { StatusReading } from '../src/io/tables/roles/statuses.ts'
import type { StudyChoice } from '../src/io/tables/roles/studyChoice.ts'
import { requireStudy, settleProtocol, takeStudy, type MadeStudy, type RowPlace } from '../src/io/tables/roles/takeStudy.ts'
import type { TextTable } from '../src/io/tables/tableFile.ts'

/** A file as a worker is given it. */
export interface NamedBytes {
  readonly bytes: Bytes
  readonly path: string
}

export interface StudyFileBytes {
  readonly features: NamedBytes
  readonly clinical: NamedBytes | null
  readonly second: NamedBytes | null
}

/** What the choices make of the tables; problems keep them from being a study. */
export interface StudyCheck {
  readonly problems: readonly Message[]
  /** By column of the feature table, cells that its role does not allow. */
  readonly faults: readonly number[]
  readonly counts: StudyCounts | null
  /** Null where nothing is read by rules. */
  readonly statuses: StatusReading | null
}

export interface StudyCounts {
  readonly patients: number
  readonly rows: number
  readonly leftOut: number
  readonly features: number
  readonly clinical: number
  readonly unlabelled: number
  readonly positive: string
  readonly negative: string
  readonly training: string
  readonly cohorts: readonly { readonly name: string; readonly patients: number; readonly positives: number }[]
}

/** A study that can be analysed. */
export interface ReadyStudy {
  readonly data: StudyData
  readonly keys: DataKeys
  /** Outcome, cohort, batches and clinical columns of the patients, as text. */
  readonly clinical: TextTable
  /** Where each patient stands in the files. */
  readonly places: ReadonlyMap<string, RowPlace>
  readonly notes: readonly Message[]
  /** As it was given, or the default one, with the columns of this study. */
  readonly protocol: Protocol
}

export type StudyApi = ReturnType<typeof createStudyApi>

/** What a worker does with the tables of a study. Each call brings the files: a worker that ended has lost nothing. */
export function createStudyApi() {
  async function take({ features, clinical, second }: StudyFileBytes, choice: StudyChoice) {
    const read = (file: NamedBytes | null) => (file ? readRawTable(file.bytes, file.path) : null)
    const tables = { features: (await read(features))!, clinical: await read(clinical), second: await read(second) }
    const byRules = choice.statuses ? (await import('../src/io/tables/roles/statuses.ts')).takeStatuses : null
    return { tables, taken: takeStudy(tables, choice, byRules) }
  }
  return {
    async checkStudy(files: StudyFileBytes, choice: StudyChoice): Promise<StudyCheck> {
      const { tables, taken } = await take(files, choice)
      const faults = countFaults(tables.features, choice.roles)
      return 'problems' in taken
        ? { problems: taken.problems, faults, counts: null, statuses: taken.statuses }
        : { problems: [], faults, counts: countStudy(taken), statuses: taken.statuses }
    },
    /** @param protocol null: the default one; columns that it names beside those of the study are looked for */
    async readStudy(files: StudyFileBytes, choice: StudyChoice, protocol: Protocol | null): Promise<ReadyStudy> {
      const made = requireStudy((await take(files, choice)).taken)
      const settled = protocol ?? settleProtocol(defaultProtocol, made.columns)
      const { study, notes } = readStudy(made.features, made.clinical, settled)
      return { data: study, keys: hashStudy(study), clinical: made.clinical, places: made.places, notes, protocol: settled }
    },
    /** A hospital's table as it was written. @param sheet of a workbook; null for the first */
    readSheet: ({ bytes, path }: NamedBytes, sheet: string | null): Promise<SheetRows> => readSheetRows(bytes, path, sheet),
    judgeStudy: (analysis: ScoredAnalysis, study: StudyData): ScoreRecord => recordScores(analysis, study),
  }
}

function countStudy({ features, clinical, columns, leftOut }: MadeStudy): StudyCounts {
  const textsOf = (name: string) => clinical.cells.map((row) => row[clinical.columns.indexOf(name)])
  const [outcome, cohort] = [textsOf(columns.outcome.column), textsOf(columns.cohort.column)]
  const { positive, negative } = columns.outcome
  const described = new Set(['sequence', 'reader'])
  return {
    patients: clinical.ids.length,
    rows: features.ids.length,
    leftOut,
    features: features.columns.filter((name) => !described.has(name)).length,
    clinical: columns.clinical.length,
    unlabelled: outcome.filter((text) => text !== positive && text !== negative).length,
    positive,
    negative,
    training: columns.cohort.training,
    cohorts: [...new Set([columns.cohort.training, ...cohort])].map((name) => ({
      name,
      patients: cohort.filter((text) => text === name).length,
      positives: cohort.filter((text, row) => text === name && outcome[row] === positive).length,
    })),
  }
}
