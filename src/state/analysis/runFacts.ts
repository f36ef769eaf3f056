import { listSeeds } from '../../core/analysis/stages/seeds.ts'
import type { Protocol } from '../../core/protocol/protocol.ts'
import type { RunFacts } from '../../core/report/clauses.ts'
import { hashBytes } from '../../io/hashBytes.ts'
import { programServer } from '../../io/programServer.ts'
import { tablesForCommand } from '../../io/tables/studyTablesText.ts'
import type { FirstLook } from './scores.ts'
import type { StudyState } from './studyState.ts'

/** As its file is written, whose writer is loaded for it. */
async function hashProtocol(protocol: Protocol): Promise<string> {
  const { formatProtocolFile } = await programServer.load(() => import('../../io/records/protocolFile.ts'))
  return hashBytes(new TextEncoder().encode(formatProtocolFile(protocol)))
}

async function describeFile(role: string, file: File): Promise<RunFacts['inputs'][number]> {
  return { role, file: file.name, bytes: file.size, sha256: await hashBytes(new Uint8Array(await file.arrayBuffer())) }
}

async function describeLooks(firstLook: FirstLook | null, cohorts: readonly string[]): Promise<RunFacts['looks']> {
  if (firstLook === null) return []
  const { at, changes, protocol } = firstLook
  const first = { at: new Date(at).toISOString(), protocolSha256: protocol ? await hashProtocol(protocol) : null }
  return cohorts.map((cohort) => ({ cohort, first, looks: changes + 1, protocolChanges: changes }))
}

type AnalysedStudy = Pick<StudyState, 'door' | 'analysis' | 'finishedAt' | 'firstLook'>

/** How the analysis in hand came about. @param texel version of this program */
export async function factsOfStudy({ door, analysis, finishedAt, firstLook }: AnalysedStudy, texel: string): Promise<RunFacts> {
  const { protocol, split } = analysis!
  const files = Object.entries(door!.files).flatMap(([role, file]: [string, File | null]) => (file ? [[role, file] as const] : [])) // prettier-ignore
  return {
    texel,
    endedAt: finishedAt === null ? null : new Date(finishedAt).toISOString(),
    inputs: await Promise.all(files.map(([role, file]) => describeFile(role, file))),
    protocolSha256: await hashProtocol(protocol),
    seeds: listSeeds(protocol.seed),
    again: tablesForCommand,
    looks: await describeLooks(firstLook, split.judged.map(({ cohort }) => cohort)), // prettier-ignore
  }
}

/** How scores came about is not known here: of them there is their file. @param cohorts that the models did not learn from */
export async function factsOfScores(file: File, firstLook: FirstLook | null, cohorts: readonly string[], texel: string): Promise<RunFacts> {
  const inputs = [await describeFile('scores', file)]
  return { texel, endedAt: null, inputs, protocolSha256: null, seeds: {}, again: null, looks: await describeLooks(firstLook, cohorts) }
} // prettier-ignore
