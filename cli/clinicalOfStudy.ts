import { readClinicalStudy, type KnownPatient } from '../src/core/cohort/clinical/clinicalStudy.ts'
import { clinicIdOf, knownPatients } from '../src/core/cohort/clinical/knownPatients.ts'
import { factsOf, plannedPatients, traceStudy, type OverviewPatient } from '../src/core/cohort/clinical/overview.ts'
import type { ClinicalAnswers } from '../src/core/cohort/clinical/readClinical.ts'
import type { ProposedStudy } from '../src/core/cohort/proposal/proposeStudy.ts'
import { groupBy } from '../src/core/numeric/groupBy.ts'
import { freezeCohorts } from '../src/core/study/cohorts.ts'
import type { CohortFreeze } from '../src/core/study/study.ts'
import { proposeExclusions, reasonsThatHold, studyInclusion, type ExclusionReason } from '../src/core/study/exclusions.ts'
import { studyTasks } from '../src/core/study/flow.ts'
import type { NamedListing } from '../src/io/importing/nameImages.ts'
import type { ClinicalParts } from '../src/io/studyFile/clinicalFiles.ts'
import { findClinicalRows, guessVariables } from '../src/io/tables/roles/guessVariables.ts'
import { askDoubt, nameExclusion } from '../src/messages/en/clinical.ts'
import { listSome } from '../src/messages/listSome.ts'
import { readFileRows, type TableChoice } from './tableFiles.ts'
import { UsageError } from './usageError.ts'

/** What is said on the command line of a clinical table beside the images. */
export interface ClinicalOptions extends TableChoice {
  readonly clinical: string
  readonly answers: ClinicalAnswers
  /** Proposed reasons that are accepted. */
  readonly exclude: readonly ExclusionReason[]
  /** Centres that learn; without, cohorts stay open. */
  readonly training: readonly string[]
}

/** What was found, and which exclusions are proposed. */
export interface FoundClinical extends ClinicalParts {
  readonly proposed: ReturnType<typeof proposeExclusions>
}

/** Reads the table and brings it to the patients of the images. @throws UsageError for a table without IDs, and for cohorts that cannot be fixed */
export async function readClinicalParts(
  study: ProposedStudy,
  listing: Pick<NamedListing, 'images'>,
  options: ClinicalOptions,
): Promise<FoundClinical> {
  const rows = await readFileRows(options.clinical, options)
  const { columns, rows: body } = findClinicalRows(rows)
  const { id: guessed, variables } = guessVariables(columns)
  const id = options.id ?? guessed
  if (id === null || !columns.includes(id))
    throw new UsageError(`${options.clinical} has no column ${id ?? 'of IDs'}: name it with --id. It has ${columns.filter(Boolean).join(', ')}.`) // prettier-ignore
  const known = idsOfPatients(study, listing)
  const clinical = readClinicalStudy({ columns, rows: body }, body.map((row) => row[columns.indexOf(id)] ?? ''), variables, known, options.answers) // prettier-ignore
  const labels = study.patients.map(({ label }) => label)
  const facts = asRecords(study.patients).map((patient) => factsOf(patient, clinical))
  const proposed = proposeExclusions(facts, studyInclusion)
  const accepted = new Set(options.exclude.flatMap((reason) => proposed.get(reason) ?? []))
  const excluded = new Map(
    facts.flatMap((one) => (accepted.has(one.id) ? [[one.id, reasonsThatHold(one, studyInclusion)] as const] : [])),
  )
  const parts = { clinical, variables, labels, excluded, proposed }
  return { ...parts, freeze: options.training.length === 0 ? null : fixCohorts(study, parts, options.training) }
}

function idsOfPatients({ images }: ProposedStudy, { images: listed }: Pick<NamedListing, 'images'>): KnownPatient[] {
  const told = new Map(listed.map((image) => [image.id, clinicIdOf(image)]))
  return knownPatients(
    [...groupBy(images, ({ label }) => label)].map(([label, own]) => ({ label, ids: own.map(({ id }) => told.get(id) ?? '') })),
  )
}

/** Patients as the study would have them; a label is an ID as well. @param excluded reasons by label */
function asRecords(
  patients: ProposedStudy['patients'],
  excluded: ClinicalParts['excluded'] = new Map(),
  cohortOf: ReadonlyMap<string, string> = new Map(),
): OverviewPatient[] {
  return patients.map(({ label, centre, batch, dce }) => {
    const [reason] = excluded.get(label) ?? []
    const exclusion = reason === undefined ? null : { reason, by: '', at: 0 }
    return { id: label, label, centre, batch, dce, cohort: cohortOf.get(label) ?? null, exclusion }
  })
}

function fixCohorts(
  { patients, centres }: ProposedStudy,
  { excluded, clinical }: Pick<ClinicalParts, 'excluded' | 'clinical'>,
  training: readonly string[],
): CohortFreeze {
  const unknown = training.find((centre) => !centres.some(({ id }) => id === centre))
  if (unknown !== undefined) throw new UsageError(`There is no centre ${unknown}; there is ${centres.map(({ id }) => id).join(', ')}.`) // prettier-ignore
  const planned = plannedPatients(asRecords(patients, excluded), clinical, studyTasks)
  return freezeCohorts({ kind: 'centre', training }, planned, { by: '', at: 0, thawedBefore: 0 })
}

/** What was found in the table, lines to print. */
export function describeClinical({ patients }: ProposedStudy, parts: FoundClinical): string[] {
  const { clinical, variables, labels, excluded, proposed, freeze } = parts
  const { match, open, valuesOf, against, atOnePercent } = clinical
  const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`
  const named = (some: readonly string[]) => `${some.length} (${listSome(some)})`
  const missing = labels.filter((label) => !valuesOf.has(label))
  return [
    '',
    `clinical table: ${variables.map(({ id }) => id).join(', ')} of ${count(valuesOf.size, 'patient')}`,
    ...(match.rowsWithoutPatient.length > 0 ? [`  ${count(match.rowsWithoutPatient.length, 'row')} of nobody here`] : []),
    ...(missing.length > 0 ? [`  without a row: ${named(missing)}`] : []),
    ...(against.length > 0 ? [`  HER2 3+ with negative hybridisation, counted as positive: ${named(against)}`] : []),
    ...Object.entries(atOnePercent).flatMap(([variable, n]) =>
      n > 0 ? [`  ${variable} at exactly 1 %, counted as negative: ${n}`] : [],
    ),
    ...open.map((doubt) => `  ${askDoubt(doubt)}: ${named(doubt.labels)}${doubt.proposed === null ? '' : `; proposed: ${doubt.proposed}`}`), // prettier-ignore
    ...[...proposed].map(([reason, own]) => own.every((label) => excluded.has(label)) ? `  excluded, ${nameExclusion(reason)}: ${named(own)}` : `  to exclude, ${nameExclusion(reason)}: ${named(own)}; --exclude ${reason}`), // prettier-ignore
    ...(freeze ? describeFlow(patients, parts, freeze) : []),
  ]
}

function describeFlow(patients: ProposedStudy['patients'], parts: ClinicalParts, { members, hash }: CohortFreeze): string[] {
  const records = asRecords(patients, parts.excluded, new Map(members))
  const { nodes, wrong } = traceStudy(records, parts.clinical, { tasks: studyTasks, inclusion: studyInclusion })
  if (wrong.length > 0) throw new Error(`The flow chart does not add up at ${wrong.join(', ')}.`)
  return [
    '',
    `cohorts fixed, ${hash.slice(0, 12)}:`,
    ...nodes.flatMap(({ kind, name, patients: own, excluded, tasks }) => [
      `  ${[kind, name].filter(Boolean).join(' ')}: ${own.length}`,
      ...excluded.map(({ reason, patients: gone }) => `    excluded, ${nameExclusion(reason)}: ${gone.length}`),
      ...tasks.map(({ task, positive, negative, outside }) => `    ${task}: ${positive.length} positive, ${negative.length} negative${outside.length > 0 ? `, ${outside.length} not in it` : ''}`), // prettier-ignore
    ]),
  ]
}
