import { compare } from '../numeric/compare.ts'
import { groupBy } from '../numeric/groupBy.ts'
import { createRandom, deriveSeed, sampleWithoutReplacement, shuffle, type Seed } from '../numeric/random.ts'
import { roundToSum } from '../numeric/roundToSum.ts'
import { refuse } from './messages.ts'
import type { Patient, ReaderId, Rereading, Study } from './study.ts'

export const defaultRereading = { seed: 2024, count: 50 } as const

type Candidate = Pick<Patient, 'id' | 'label' | 'centre' | 'batch' | 'cohort' | 'exclusion'>

/**
 * Draws the patients that are read twice: of each centre and batch as many as its share (largest remainders), by labels, so that
 * the order and the IDs of the patients do not matter. Excluded ones are not drawn; of fewer candidates than `count` all are.
 * @param options.reason why another draw is wanted where there is one already
 * @throws DataError if there is one already and no reason
 */
export function drawRereading(
  { rereading: before }: Pick<Study, 'rereading'>,
  patients: readonly Candidate[],
  {
    seed,
    count,
    from,
    at,
    reason = '',
  }: Pick<Rereading, 'seed' | 'from' | 'at'> & { readonly count: number; readonly reason?: string },
): Rereading {
  if (before && reason.trim() === '') throw refuse('redraw-without-reason', {})
  const drawnBefore = before ? before.drawnBefore + 1 : 0
  const candidates = patients
    .filter(({ exclusion, cohort }) => !exclusion && (from === 'all' || cohort === 'training'))
    .sort((a, b) => compare(a.label, b.label))
  const strata = groupBy(candidates, ({ centre, batch }) => `${centre}\n${batch}`)
  const keys = [...strata.keys()].sort(compare)
  const wanted = Math.min(count, candidates.length)
  const sizes = roundToSum(
    keys.map((key) => (wanted * strata.get(key)!.length) / candidates.length),
    wanted,
  )
  const drawn = keys.flatMap((key, i) => {
    const own = strata.get(key)!
    const random = createRandom(deriveSeed(seed, 'rereading', drawnBefore, key))
    return sampleWithoutReplacement(own.length, sizes[i], random).map((at) => own[at].id)
  })
  return { seed, from, patients: drawn.sort(compare), at, drawnBefore }
}

/**
 * In which order a reader meets the patients: one who is hidden from nobody's regions in that of the list, a blinded second one, and
 * whoever reads again, in a shuffled one, so that what is remembered of one reading does not help in the other.
 * @param patients in the order of the list
 */
export function readingOrder<T extends Pick<Patient, 'label'>>(
  { readers, rereading }: Pick<Study, 'readers' | 'rereading'>,
  reader: ReaderId,
  patients: readonly T[],
): T[] {
  if (readers.findIndex(({ id }) => id === reader) <= 0) return [...patients]
  const seed: Seed = deriveSeed(rereading?.seed ?? defaultRereading.seed, 'order', reader)
  return shuffle(
    [...patients].sort((a, b) => compare(a.label, b.label)),
    createRandom(seed),
  )
}

/** The study with a second reading by a reader, blind to every other one, the first of their own included. */
export function addSecondReading(study: Study, first: ReaderId): Study {
  const id = `${first}again`
  const of = study.readers.find((reader) => reader.id === first)
  if (!of || of.rereads !== undefined || study.readers.some((reader) => reader.id === id)) return study
  const blindTo = study.readers.map((reader) => reader.id)
  const known = study.readers.map((reader) => ({ ...reader, blindTo: [...reader.blindTo, id] }))
  return { ...study, readers: [...known, { id, name: `${of.name}, again`, blindTo, rereads: first }] }
}
