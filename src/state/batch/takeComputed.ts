import type { ExtractionResult } from '../../core/extraction/collectResult.ts'
import { listFeatureNames } from '../../core/extraction/featureNames.ts'
import { planExtraction } from '../../core/parameters/profiles/pyradiomics.ts'
import type { ExtractionParameters } from '../../core/parameters/profiles/pyradiomics/parameters.ts'
import type { BatchRow, ComputedOn } from '../../core/study/batchRows.ts'
import { matchComputed, type WhyLeft } from '../../core/study/computedRows.ts'
import type { ReaderId } from '../../core/study/study.ts'
import { hashBytes } from '../../io/hashBytes.ts'
import { parseExtractionRecord } from '../../io/records/extractionRecord.ts'
import { studyParameters } from '../../io/records/studyParameters.ts'
import { readComputedRows } from '../../io/tables/readComputedRows.ts'
import '../../messages/sayAnalysis.ts'
import { studyParametersName } from '../extraction.ts'

/** Rows that were computed on another machine, as far as they were taken. */
export interface TakenRows {
  /** Name of the file they came in. */
  readonly file: string
  readonly rows: number
  /** Machines, where the record of the run was given too. */
  readonly hosts: readonly string[]
  /** IDs and roles of those that were left, by why. */
  readonly left: ReadonlyMap<WhyLeft, readonly string[]>
}

export interface TakingServices {
  /** As they were looked at last. */
  readonly rows: readonly BatchRow[]
  readonly reader: ReaderId
  readonly parameters: ExtractionParameters
  readonly parametersName: string
  /** Of this program. */
  readonly version: string
  /** @returns false where its ROI was changed meanwhile */
  keep(
    row: BatchRow,
    result: ExtractionResult,
    made: { readonly seconds: number; readonly on: ComputedOn | null },
  ): Promise<boolean>
}

/**
 * Takes the rows of a table that the command line made of this study's file, each where image, mask, parameters and version are those of
 * today; what is there already stays.
 * @param files the table of rows and, to know where they were computed, the record of its run
 * @throws DataError if the table is not of that kind
 */
export async function takeComputed(
  files: readonly File[],
  { rows, reader, parameters, parametersName, version, keep }: TakingServices,
): Promise<TakenRows> {
  const isRecord = ({ name }: File) => name.endsWith('.json')
  const table = files.find((file) => !isRecord(file)) ?? files[0]
  const records = await Promise.all(files.filter(isRecord).map((file) => file.text()))
  const runs = records.flatMap(parseExtractionRecord)
  const made = new Map(
    runs.flatMap(({ host, startedAt, endedAt, cases }) =>
      cases.map(({ name, seconds }) => [name, { seconds, on: { host, at: endedAt ?? startedAt } }] as const),
    ),
  )
  const { taken, left } = matchComputed(rows, readComputedRows(await table.text(), table.name), {
    reader,
    parametersHash: await hashParameters(parameters, parametersName),
    program: version,
    features: listFeatureNames(planExtraction(parameters)),
  })
  const leftBy = new Map<WhyLeft, string[]>()
  const leave = (why: WhyLeft, name: string) => leftBy.set(why, [...(leftBy.get(why) ?? []), name])
  for (const { why, computed } of left) leave(why, nameOf(computed))
  const hosts = new Set<string>()
  let kept = 0
  for (const { row, computed } of taken) {
    const how = made.get(nameOf(computed)) ?? { seconds: 0, on: null }
    const isKept = await keep(row, { ...computed.result, failures: [], warnings: [], partial: false }, how)
    if (!isKept) leave('mask', nameOf(computed))
    else kept++
    if (isKept && how.on) hosts.add(how.on.host)
  }
  return { file: table.name, rows: kept, hosts: [...hosts], left: leftBy }
}

/** As in the record of a run. */
const nameOf = ({ id, role }: Pick<BatchRow, 'id' | 'role'>) => `${id}, ${role}`

/** As the command line has it of the study file, in which parameters that are not the program's own stand as a parameter file. */
async function hashParameters(parameters: ExtractionParameters, name: string): Promise<string> {
  return hashBytes(
    new TextEncoder().encode(JSON.stringify(name === studyParametersName ? studyParameters : await afterFile(parameters))),
  )
}

async function afterFile(parameters: ExtractionParameters): Promise<ExtractionParameters> {
  const { formatParameterFile, parseParameterFile } = await import('../../io/records/parameterFile.ts')
  return parseParameterFile(formatParameterFile(parameters))
}
