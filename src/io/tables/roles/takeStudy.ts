import { DataError, type Message } from '../../../core/messages/message.ts'
import { protocolSchema, type Protocol } from '../../../core/protocol/protocol.ts'
import { splitAtRandom } from '../../../core/table/splitAtRandom.ts'
import { findPair } from '../columnWords.ts'
import { readStudy } from '../readStudy.ts'
import { isDecimalComma, isMissing, parseNumber, type TextTable } from '../tableFile.ts'
import { tell, type Place } from './messages.ts'
import { nameRows, placeOf, shownPlaces, type NamedRows } from './nameRows.ts'
import type { RawTable } from './rawTable.ts'
import type { StatusReading, takeStatuses } from './statuses.ts'
import { madeCohorts, type StudyChoice, type StudyRole } from './studyChoice.ts'

/** The tables of a study as they lie in their files. */
export interface StudyTables {
  readonly features: RawTable
  readonly clinical: RawTable | null
  /** The same columns, of another centre. */
  readonly second: RawTable | null
}

/** Which columns of the clinical table mean what. */
export interface StudyColumns {
  readonly outcome: { readonly column: string; readonly positive: string; readonly negative: string }
  readonly cohort: { readonly column: string; readonly training: string; readonly freeze?: string }
  readonly batch: readonly string[]
  readonly patient: string | null
  readonly clinical: readonly string[]
  readonly hasSecondReader: boolean
}

/** What the command line would be given: a table of features, a clinical one, and the protocol's columns. */
export interface MadeStudy {
  readonly features: TextTable
  readonly clinical: TextTable
  readonly columns: StudyColumns
  /** By patient. */
  readonly places: ReadonlyMap<string, RowPlace>
  /** Rows without an ID that were left out. */
  readonly leftOut: number
  /** Null where nothing is read by rules. */
  readonly statuses: StatusReading | null
}

/** Where a patient stands in the feature tables. */
export interface RowPlace {
  /** Counted as a sheet counts them. */
  readonly rows: readonly number[]
  /** In the file of the other centre. */
  readonly isSecond: boolean
}

export type TakenStudy = MadeStudy | { readonly problems: readonly Message[]; readonly statuses: StatusReading | null }

/** Cohorts of these names learn, nobody needs to say so. */
const trainingNames = /^(training|train|development|derivation)$/i
const cohortColumn = 'cohort'

/**
 * The study that the choices make of the files.
 * @param byRules reads statuses where the choice has rules; it is loaded for them alone
 */
export function takeStudy(tables: StudyTables, choice: StudyChoice, byRules: typeof takeStatuses | null = null): TakenStudy {
  const problems: Message[] = []
  const raw = joinSecond(tables, choice, problems)
  const own = columnsByRole(raw, choice.roles, problems)
  const keys = [own.sequence, own.reader].filter((at) => at !== undefined)
  const found = nameRows(raw, own.id, choice.withoutId, problems, keys)
  const columns = new Map<string, readonly string[]>()
  const add = (name: string, texts: readonly string[]) => void columns.set(name, texts)
  const { table: clinicalRaw, roles: clinicalRoles, named: clinicalNamed } = nameClinical(tables.clinical, choice, problems)
  const byTable = (table: RawTable, rows: NamedRows, ids: readonly string[]) => columnsByPatient(table, rows, ids, problems)
  const statuses = byRules && choice.statuses ? byRules(choice.statuses, [{ raw, named: found }, ...(clinicalRaw ? [{ raw: clinicalRaw, named: clinicalNamed }] : [])], byTable) : null // prettier-ignore
  const named = statuses ? statuses.named : found
  const features = takeFeatures(raw, named, own, problems)
  const patients = [...new Set(named.ids)]
  const ofFeatures = columnsByPatient(raw, named, patients, problems)
  const beside = clinicalRaw && columnsByRole(clinicalRaw, clinicalRoles, problems)
  const ofClinical = clinicalRaw && clinicalNamed && columnsByPatient(clinicalRaw, clinicalNamed, patients, problems)
  const ruled = (statuses?.columns ?? []).map(({ name, textOf }) => ({ name, texts: patients.map((id) => textOf.get(id)!) }))
  const byRule = (role: StudyRole) => ruled.filter((_, at) => choice.statuses!.roles[at] === role)
  /** The column of a role in either table, or by a rule. */
  const single = (role: 'outcome' | 'cohort' | 'patient') => {
    const found = [
      ...(own[role] === undefined ? [] : [{ name: raw.header[own[role]], texts: ofFeatures(own[role]) }]),
      ...(beside?.[role] === undefined ? [] : [{ name: clinicalRaw!.header[beside[role]], texts: ofClinical!(beside[role]) }]),
      ...byRule(role),
    ]
    if (found.length > 1) problems.push(tell('two-of', { role, columns: found.map(({ name }) => name) }))
    return found[0]
  }
  const several = (role: 'batch' | 'clinical') => [
    ...own[role].map((at) => ({ name: raw.header[at], texts: ofFeatures(at) })),
    ...(beside?.[role] ?? []).map((at) => ({ name: clinicalRaw!.header[at], texts: ofClinical!(at) })),
    ...byRule(role),
  ]
  const outcome = single('outcome')
  const classes = outcome && findClasses(outcome, choice.positive, problems)
  if (!outcome) problems.push(tell('no-outcome', {}))
  const patient = single('patient')
  const by = choice.cohorts?.kind === 'split' ? choice.cohorts.by?.column : undefined
  const textsOf = (name: string) => (raw.header.includes(name) ? ofFeatures(raw.header.indexOf(name)) : clinicalRaw?.header.includes(name) ? ofClinical?.(clinicalRaw.header.indexOf(name)) : ruled.find((one) => one.name === name)?.texts) // prettier-ignore
  const strata = by === undefined ? undefined : textsOf(by)
  const cohort = takeCohort(single('cohort'), choice, { raw, named, patients, outcome: outcome?.texts, positive: classes?.positive, strata, patientOf: patient?.texts }, problems) // prettier-ignore
  const [batch, clinical] = [several('batch'), several('clinical')]
  if (problems.length > 0 || !outcome || !classes || !cohort) return { problems, statuses }
  for (const { name, texts } of [outcome, cohort, ...(patient ? [patient] : []), ...batch, ...clinical]) add(name, texts)
  const names = [...columns.keys()]
  const made: MadeStudy = {
    features,
    clinical: {
      path: clinicalRaw?.path ?? raw.path,
      ids: patients,
      columns: names,
      cells: patients.map((_, row) => names.map((name) => columns.get(name)![row])),
      rowNumbers: patients.map((id) => raw.rowNumbers[named.rows[named.ids.indexOf(id)]]),
    },
    columns: {
      outcome: { column: outcome.name, ...classes },
      cohort: { column: cohort.name, training: cohort.training, ...(choice.own && { freeze: choice.own.freeze }) },
      batch: batch.map(({ name }) => name),
      patient: patient?.name ?? null,
      clinical: clinical.map(({ name }) => name),
      hasSecondReader: own.reader !== undefined && new Set(named.rows.map((row) => raw.rows[row][own.reader!])).size > 1,
    },
    places: placesOf(raw, named, tables.features.rows.length),
    leftOut: raw.rows.length - found.rows.length,
    statuses,
  }
  // What the reader of the command line would refuse is refused here, in its words.
  try {
    readStudy(made.features, made.clinical, settleProtocol(protocolSchema.parse({}), made.columns))
  } catch (error) {
    if (error instanceof DataError) return { problems: [error.told], statuses }
    throw error
  }
  return made
}

function placesOf(raw: RawTable, { rows, ids }: NamedRows, inFirst: number): Map<string, RowPlace> {
  const places = new Map<string, RowPlace>()
  rows.forEach((row, i) => {
    const before = places.get(ids[i])?.rows ?? []
    places.set(ids[i], { rows: [...before, raw.rowNumbers[row]], isSecond: row >= inFirst })
  })
  return places
}

/** @throws DataError with the first of the problems */
export function requireStudy(taken: TakenStudy): MadeStudy {
  if ('problems' in taken) throw new DataError(taken.problems[0])
  return taken
}

/** A protocol that names no columns yet, with those of this study: nothing is harmonised without a batch, nobody agrees without a second reader. */
export function settleProtocol(protocol: Protocol, { outcome, cohort, batch, patient, hasSecondReader }: StudyColumns): Protocol {
  return {
    ...protocol,
    outcome: { column: outcome.column, positive: outcome.positive },
    cohort,
    ...(patient !== null && { patient }),
    harmonise: batch.length > 0 ? { ...protocol.harmonise, batch: [...batch] } : { ...protocol.harmonise, method: 'none' },
    select: hasSecondReader ? protocol.select : protocol.select.filter(({ method }) => method !== 'agreement'),
  }
}

/** Both centres in one table, the second by the names of the first's columns. */
function joinSecond({ features, second }: StudyTables, { cohorts, roles }: StudyChoice, problems: Message[]): RawTable {
  if (cohorts?.kind !== 'second file') return features
  if (!second) {
    problems.push(tell('second-missing', {}))
    return features
  }
  const at = features.header.map((name) => second.header.indexOf(name))
  const lacking = features.header.filter((_, column) => at[column] < 0 && roles[column] !== 'ignored')
  if (lacking.length > 0)
    problems.push(tell('second-lacks', { path: second.path, columns: lacking.slice(0, shownPlaces), count: lacking.length }))
  const [first, other] = nameCentres(features.path, second.path)
  return {
    path: features.path,
    header: features.header,
    rows: [...features.rows, ...second.rows.map((row) => at.map((column) => row[column] ?? ''))],
    rowNumbers: [...features.rowNumbers, ...second.rowNumbers],
    files: [...features.rows.map(() => first), ...second.rows.map(() => other)],
  }
}

/** Of two files, without folder and endings. */
function nameCentres(...paths: readonly [string, string]): [string, string] {
  const [first, second] = paths.map((path) => path.replace(/^.*[/\\]/, '').replace(/(\.(csv|tsv|txt|xlsx|parquet|gz))+$/i, ''))
  return [first, second === first ? `${second} (2)` : second]
}

function columnsByRole(raw: RawTable, roles: readonly StudyRole[], problems: Message[]) {
  const all = (role: StudyRole) => raw.header.flatMap((_, at) => (roles[at] === role ? [at] : []))
  const only = (role: 'id' | 'outcome' | 'cohort' | 'patient' | 'reader' | 'sequence'): number | undefined => {
    const columns = all(role)
    if (columns.length > 1) problems.push(tell('two-of', { role, columns: columns.map((at) => raw.header[at]) }))
    return columns[0]
  }
  return {
    ...{ id: only('id'), outcome: only('outcome'), cohort: only('cohort'), patient: only('patient') },
    ...{ reader: only('reader'), sequence: only('sequence') },
    ...{ batch: all('batch'), clinical: all('clinical'), feature: all('feature') },
  }
}

/** Told once for all columns: a table from another country has commas in each. */
function takeFeatures(
  raw: RawTable,
  { rows, ids }: NamedRows,
  { feature, sequence, reader }: ReturnType<typeof columnsByRole>,
  problems: Message[],
): TextTable {
  if (feature.length === 0) problems.push(tell('no-features', {}))
  const wrong = { comma: new Map<number, number[]>(), text: new Map<number, number[]>() }
  for (const at of feature)
    for (const row of rows) {
      const text = raw.rows[row][at]
      if (typeof parseNumber(text) === 'number') continue
      const ofKind = wrong[isDecimalComma(text) ? 'comma' : 'text']
      ofKind.set(at, [...(ofKind.get(at) ?? []), row])
    }
  for (const kind of ['comma', 'text'] as const) {
    const found = [...wrong[kind]]
    if (found.length === 0) continue
    const places = found.flatMap(([at, rows]) => rows.slice(0, shownPlaces).map((row): Place & { column: string } => ({ ...placeOf(raw, row, raw.rows[row][at]), column: raw.header[at] }))) // prettier-ignore
    problems.push(
      tell('feature-cells', {
        kind,
        columns: found.slice(0, shownPlaces).map(([at]) => raw.header[at]),
        columnCount: found.length,
        places: places.slice(0, shownPlaces),
        count: found.reduce((sum, [, rows]) => sum + rows.length, 0),
      }),
    )
  }
  const described = [
    ...(sequence === undefined ? [] : [{ at: sequence, name: 'sequence' }]),
    ...(reader === undefined ? [] : [{ at: reader, name: 'reader' }]),
  ]
  const order = [...described.map(({ at }) => at), ...feature]
  return {
    path: raw.path,
    ids,
    columns: [...described.map(({ name }) => name), ...feature.map((at) => raw.header[at])],
    cells: rows.map((row) => order.map((at) => raw.rows[row][at])),
    rowNumbers: rows.map((row) => raw.rowNumbers[row]),
  }
}

function nameClinical(clinical: RawTable | null, { clinicalRoles, withoutId }: StudyChoice, problems: Message[]) {
  if (!clinical) return { table: null, roles: [], named: null }
  const at = clinicalRoles.indexOf('id')
  if (at < 0) {
    problems.push(tell('clinical-without-id', { path: clinical.path }))
    return { table: clinical, roles: clinicalRoles, named: { rows: [], ids: [] } }
  }
  // A row that nobody can be joined with is of no use.
  const named = nameRows(clinical, at, withoutId === null ? null : 'leave out', problems)
  return { table: clinical, roles: clinicalRoles, named }
}

/** The texts of a column, one a patient; '' of patients who have no row. */
function columnsByPatient(raw: RawTable, { rows, ids }: NamedRows, patients: readonly string[], problems: Message[]) {
  return (at: number): string[] => {
    const textOf = new Map<string, string>()
    const differing = new Set<string>()
    rows.forEach((row, i) => {
      const text = raw.rows[row][at]
      if ((textOf.get(ids[i]) ?? text) !== text) differing.add(ids[i])
      textOf.set(ids[i], text)
    })
    if (differing.size > 0)
      problems.push(tell('rows-disagree', { column: raw.header[at], ids: [...differing].slice(0, shownPlaces), count: differing.size })) // prettier-ignore
    return patients.map((id) => textOf.get(id) ?? '')
  }
}

interface NamedColumn {
  readonly name: string
  readonly texts: readonly string[]
}

function findClasses({ name, texts }: NamedColumn, said: string | null, problems: Message[]) {
  const values = [...new Set(texts.filter((text) => !isMissing(text)))].sort()
  if (values.length !== 2) {
    problems.push(tell('outcome-values', { column: name, values: values.slice(0, 5) }))
    return undefined
  }
  const positive = said !== null && values.includes(said) ? said : findPair(values)?.[1]
  if (positive === undefined) {
    problems.push(tell('which-positive', { column: name, values }))
    return undefined
  }
  return { positive, negative: values.find((value) => value !== positive)! }
}

interface Patients {
  readonly raw: RawTable
  readonly named: NamedRows
  readonly patients: readonly string[]
  readonly outcome: readonly string[] | undefined
  readonly positive: string | undefined
  /** The outcome that a split goes by, where another is in hand. */
  readonly strata: readonly string[] | undefined
  readonly patientOf: readonly string[] | undefined
}

/** The column of cohorts, or the one that was asked for in its place. */
function takeCohort(
  column: NamedColumn | undefined,
  { cohorts, training }: StudyChoice,
  { raw, named, patients, outcome, positive, strata, patientOf }: Patients,
  problems: Message[],
): (NamedColumn & { readonly training: string }) | undefined {
  if (column) {
    const names = [...new Set(column.texts)].filter((name) => name !== '')
    const missing = patients.filter((_, row) => column.texts[row] === '')
    if (missing.length > 0)
      problems.push(tell('no-cohort', { column: column.name, places: missing.slice(0, shownPlaces).map((id) => placeOf(raw, named.rows[named.ids.indexOf(id)], '')), count: missing.length })) // prettier-ignore
    const learns = training !== null && names.includes(training) ? training : names.length === 1 ? names[0] : names.find((name) => trainingNames.test(name)) // prettier-ignore
    if (learns === undefined) problems.push(tell('which-trains', { cohorts: names }))
    return learns === undefined ? undefined : { ...column, training: learns }
  }
  if (cohorts === null) {
    problems.push(tell('which-cohorts', {}))
    return undefined
  }
  const made = (texts: readonly string[], learns: string) => ({ name: cohortColumn, texts, training: learns })
  switch (cohorts.kind) {
    case 'all train':
      return made(patients.map(() => madeCohorts.training), madeCohorts.training) // prettier-ignore
    case 'second file': {
      const fileOf = new Map(named.ids.map((id, i) => [id, raw.files?.[named.rows[i]] ?? '']))
      const texts = patients.map((id) => fileOf.get(id)!)
      return made(texts, training !== null && texts.includes(training) ? training : texts[0])
    }
    case 'split': {
      if (!outcome || positive === undefined) return undefined
      const [texts, one] = cohorts.by && strata ? [strata, cohorts.by.positive] : [outcome, positive]
      const labels = texts.map((text) => (isMissing(text) ? NaN : text === one ? 1 : 0))
      const held = splitAtRandom({ ...cohorts, outcome: labels, patients: patientOf ?? patients })
      return made(held.map((isHeld) => (isHeld ? madeCohorts.validation : madeCohorts.training)), madeCohorts.training) // prettier-ignore
    }
  }
}
