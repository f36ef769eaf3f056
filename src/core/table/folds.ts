import { createRandom, deriveSeed, shuffle, type Seed } from '../numeric/random.ts'
import { refuse } from './messages.ts'

export interface FoldOptions {
  /** 0 or 1 a row. */
  readonly outcome: ArrayLike<number>
  /** The batch (scanner, centre) of each row; the folds are then alike in it too, as far as its sizes allow. */
  readonly batch?: readonly string[]
  /** The patient of each row, where a patient has several rows (lesions, copies in a bootstrap); each row its own patient otherwise. */
  readonly patients?: readonly string[]
  /** 2 to 255. */
  readonly folds: number
  readonly seed: Seed
}

/**
 * Splits rows into folds, stratified by outcome and within it by batch: the patients are shuffled within each outcome and
 * batch, and dealt to the folds in turn, one class after the other. So the folds' patients differ by at most one in number,
 * in number of each class, and in number of each class within each batch. All rows of a patient are in one fold; patients with rows
 * of both outcomes are a class of their own, and one with rows of several batches counts in the first of them.
 * @returns the fold of each row, 0 to folds - 1
 * @throws DataError when an outcome has fewer patients than there are folds
 */
export function makeFolds({ outcome, batch, patients, folds, seed }: FoldOptions): Uint8Array {
  if (!Number.isInteger(folds) || folds < 2 || folds > 255) throw refuse('fold-count', { folds })
  requireLength('batches', batch, outcome.length)
  requireLength('patients', patients, outcome.length)
  const rowsOfPatient = groupRows(outcome, patients)
  const having = (...labels: number[]) =>
    rowsOfPatient.filter((rows) => labels.every((label) => rows.some((row) => outcome[row] === label)))
  const both = new Set(having(0, 1))
  const [zeros, ones] = [0, 1].map((label) => having(label).filter((rows) => !both.has(rows)))
  const [withZero, withOne] = [zeros.length + both.size, ones.length + both.size]
  if (Math.min(withZero, withOne) < folds) throw refuse('folds-of-outcome', { folds, withZero, withOne })
  const random = createRandom(deriveSeed(seed, 'folds'))
  const labels = shuffle(
    Array.from({ length: folds }, (_, fold) => fold),
    random,
  )
  const batches = batch ? [...new Set(Array.from(batch))].sort() : []
  const strata = [zeros, ones, [...both]].flatMap((members) =>
    batch ? batches.map((name) => members.filter(([row]) => batch[row] === name)) : [members],
  )
  const foldOf = new Uint8Array(outcome.length)
  strata
    .flatMap((members) => shuffle(members, random))
    .forEach((rows, turn) => rows.forEach((row) => (foldOf[row] = labels[turn % folds])))
  return foldOf
}

/** `inside`: the rows a fold learns from; `outside`: the rows of the fold itself, held out. Both ascending. */
export function foldRows(foldOf: Uint8Array, fold: number): { inside: number[]; outside: number[] } {
  const rows = Array.from(foldOf, (_, row) => row)
  return { inside: rows.filter((row) => foldOf[row] !== fold), outside: rows.filter((row) => foldOf[row] === fold) }
}

/**
 * One bootstrap resample, stratified: patient i is replaced, with all rows, by a patient drawn with replacement from those with the same
 * outcome (those with rows of both outcomes are a class of their own).
 * @param outcome 0 or 1 a row
 * @param patients whose each row is; each its own patient otherwise
 * @returns `drawn`: the drawn patients' rows, with copies; where each row is a patient, the outcome of drawn[i] is that of row i.
 *   `outOfBag`: the rows of patients who were never drawn, ascending
 */
export function bootstrapRows(
  outcome: ArrayLike<number>,
  seed: Seed,
  patients?: readonly string[],
): { drawn: number[]; outOfBag: number[] } {
  requireLength('patients', patients, outcome.length)
  const random = createRandom(deriveSeed(seed, 'bootstrap'))
  const rows = Array.from({ length: outcome.length }, (_, row) => row)
  const rowsOfPatient = groupRows(outcome, patients)
  const classOf = (own: readonly number[]) => [...new Set(own.map((row) => outcome[row]))].sort().join()
  const ofClass = new Map<string, number[][]>()
  for (const own of rowsOfPatient) ofClass.set(classOf(own), [...(ofClass.get(classOf(own)) ?? []), own])
  const drawn = rowsOfPatient.flatMap((own) => {
    const alike = ofClass.get(classOf(own))!
    return alike[random.integer(alike.length)]
  })
  const seen = new Set(drawn)
  return { drawn, outOfBag: rows.filter((row) => !seen.has(row)) }
}

function groupRows(outcome: ArrayLike<number>, patients?: readonly string[]): number[][] {
  const rowsOf = new Map<string | number, number[]>()
  for (let row = 0; row < outcome.length; row++) {
    if (outcome[row] !== 0 && outcome[row] !== 1) throw refuse('folds-outcome', { row: row + 1, found: outcome[row] })
    const patient = patients?.[row] ?? row
    const rows = rowsOf.get(patient)
    if (rows) rows.push(row)
    else rowsOf.set(patient, [row])
  }
  return [...rowsOf.values()]
}

function requireLength(what: 'batches' | 'patients', values: readonly string[] | undefined, rows: number) {
  if (values && values.length !== rows) throw refuse('fold-lengths', { rows, what, given: values.length })
}
