import { createRandom, deriveSeed, shuffle, type Seed } from '../numeric/random.ts'

export interface RandomSplit {
  /** 0 or 1 a row; NaN where it is not known. */
  readonly outcome: ArrayLike<number>
  /** Whose each row is: all rows of a patient go to one side. */
  readonly patients: readonly string[]
  /** Of the patients that are held out, within 0 and 1. */
  readonly share: number
  /** The same share of each class, and of the patients without outcome. */
  readonly stratified: boolean
  readonly seed: Seed
}

/**
 * Draws who is held out. The numbers are those of the rounded shares, whatever the seed; patients with rows of both classes are a class
 * of their own.
 * @returns for each row whether it is held out
 */
export function splitAtRandom({ outcome, patients, share, stratified, seed }: RandomSplit): boolean[] {
  const classOf = new Map<string, string>()
  patients.forEach((patient, row) => {
    const label = String(outcome[row])
    const before = classOf.get(patient) ?? label
    classOf.set(patient, before === label ? label : 'both')
  })
  const strata = stratified ? ['0', '1', 'both', 'NaN'].map((label) => [...classOf].filter(([, own]) => own === label)) : [[...classOf]] // prettier-ignore
  const random = createRandom(deriveSeed(seed, 'split'))
  const held = new Set(
    strata.flatMap((members) => {
      const shuffled = shuffle(members, random)
      return shuffled.slice(0, Math.round(share * members.length)).map(([patient]) => patient)
    }),
  )
  return patients.map((patient) => held.has(patient))
}
