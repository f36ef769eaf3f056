import { equalToPyradiomics } from '../../core/features/equality.ts'
import { listSeeds } from '../../core/analysis/stages/seeds.ts'
import type { Protocol } from '../../core/protocol/protocol.ts'
import type { RunFacts } from '../../core/report/clauses.ts'
import { hashBytes } from '../../io/hashBytes.ts'
import type { StudyChoice } from '../../io/tables/roles/studyChoice.ts'
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

/** A person said it where no column did: which column of a table has which reason nobody was asked. */
function saidOf({ roles, clinicalRoles, cohorts }: StudyChoice): RunFacts['cohortsBy'] {
  if ([...roles, ...clinicalRoles].includes('cohort')) return null
  return cohorts?.kind === 'split' ? 'split' : cohorts?.kind === 'second file' ? 'centre' : null
}

type AnalysedStudy = Pick<StudyState, 'door' | 'analysis' | 'finishedAt' | 'firstLook'>

/** What computes: the version of the program, and SHA-256 of its WebAssembly. */
type Program = Pick<RunFacts, 'texel' | 'engine'>

/** How the analysis in hand came about. */
export async function factsOfStudy(
  { door, analysis, finishedAt, firstLook }: AnalysedStudy,
  program: Program,
): Promise<RunFacts> {
  const { protocol, split } = analysis!
  // The study's own tables hold what the page measured, by the settings of PyRadiomics; others whatever somebody did.
  const { own } = door!.choice
  const files = Object.entries(door!.files).flatMap(([role, file]: [string, File | null]) => (file ? [[role, file] as const] : [])) // prettier-ignore
  return {
    ...program,
    endedAt: finishedAt === null ? null : new Date(finishedAt).toISOString(),
    extracted: own ? equalToPyradiomics : null,
    thaws: own?.thaws ?? null,
    cohortsBy: own ? own.plan : saidOf(door!.choice),
    inputs: await Promise.all(files.map(([role, file]) => describeFile(role, file))),
    protocolSha256: await hashProtocol(protocol),
    seeds: listSeeds(protocol.seed),
    again: tablesForCommand,
    looks: await describeLooks(firstLook, split.judged.map(({ cohort }) => cohort)), // prettier-ignore
  }
}

/** How scores came about is not known here: of them there is their file. @param cohorts that the models did not learn from */
export async function factsOfScores(file: File, firstLook: FirstLook | null, cohorts: readonly string[], program: Program): Promise<RunFacts> {
  const inputs = [await describeFile('scores', file)]
  return { ...program, endedAt: null, extracted: null, thaws: null, cohortsBy: null, inputs, protocolSha256: null, seeds: {}, again: null, looks: await describeLooks(firstLook, cohorts) }
} // prettier-ignore
