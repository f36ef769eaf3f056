import type { CurveType } from '../cohort/timeIntensity.ts'
import { normalQuantile } from '../numeric/distributions.ts'
import { exp, log } from '../numeric/functions.ts'
import { createRandom, deriveSeed, sampleWithoutReplacement, shuffle, type Random, type Seed } from '../numeric/random.ts'
import { roundToSum } from '../numeric/roundToSum.ts'
import { createNormal } from '../numeric/normal.ts'
import { levels, publishedTable1, type PublishedCohort, type PublishedQuartiles } from './publishedTable1.ts'
import { scanners, type Scanner } from './scanners.ts'

export interface SimulationOptions {
  /** Of centre A, which trains, and of centre B, which validates. */
  readonly patients: readonly [number, number]
  /** How far a class lies from the others in its latent, in SD: 1.3 (an AUC of 0.82), 0.9 is hard, 0 nothing to be found. */
  readonly effect: number
}

export const defaultSimulation: SimulationOptions = { patients: [60, 36], effect: 1.3 }

/** What is wrong with a patient on purpose, as in any real study. */
export type Awkwardness =
  /** IHC 2+, and nobody did FISH: HER2 is unknown. */
  | 'noFish'
  /** Twice in the clinical table, with another Ki-67. */
  | 'duplicatedId'
  /** The clinical table has the tumour's size in mm. */
  | 'sizeInMm'
  /** The fourth phase is missing. */
  | 'missingPhase'
  /** An earlier visit, half a year before. */
  | 'twoVisits'
  /** No file tells when a phase was acquired. */
  | 'untoldTimes'

/** What a class of HER2 shifts, and the images show. */
export interface Latents {
  /** Higher in HER2-positive: the grain of the tumour on FST2WI is coarser. */
  readonly t: number
  /** Higher in HER2-positive: the grain of its enhancement is coarser. */
  readonly u: number
  /** Higher in HER2-low: the contrast of its grain on FST2WI is stronger. */
  readonly v: number
}

export interface SimulatedClinical {
  readonly ageYears: number
  readonly bmi: number
  readonly sizeCm: number
  readonly tic: CurveType
  readonly side: 'left' | 'right'
  readonly erPercent: number
  readonly prPercent: number
  readonly her2: 'zero' | 'low' | 'positive'
  readonly ihc: '0' | '1+' | '2+' | '3+'
  readonly fish: '' | 'negative' | 'positive'
  readonly ki67Percent: number
  readonly aln: 'negative' | 'positive'
}

/** All that there is to know of a patient; the images are made from it. */
export interface SimulatedPatient {
  /** `A-0001`. */
  readonly id: string
  readonly seed: Seed
  readonly centre: string
  readonly cohort: 'training' | 'validation'
  readonly scanner: Scanner
  readonly clinical: SimulatedClinical
  readonly latents: Latents
  /** When each phase was acquired, in seconds from the first one. */
  readonly timesS: readonly number[]
  /** Of the examination, in days since 1970, and from there to surgery. */
  readonly day: number
  readonly daysToSurgery: number
  readonly awkward: readonly Awkwardness[]
  /** Whether the second reader drew as well. */
  readonly reread: boolean
}

export interface SimulatedStudy {
  readonly seed: Seed
  readonly options: SimulationOptions
  readonly patients: readonly SimulatedPatient[]
}

const centres = [
  { id: 'A', cohort: 'training' },
  { id: 'B', cohort: 'validation' },
] as const
/** As many as the paper's second reader drew. */
const rereadPatients = 50
/** No larger tumour is in the table; the images show it up to what their field of view holds. */
const largestCm = 7
const smallestCm = 1.2
export const largestDrawnCm = 4.8
export const daysBetweenVisits = 182
/** 1 January 2021. */
const firstDay = 18628

/**
 * Who is in a simulated study: the counts of Table 1 as shares of each centre (exactly, at its numbers of patients), its medians and
 * quartiles, latents that the class of HER2 shifts, scanners, times of phases, and what is awkward on purpose.
 */
export function planStudy(seed: Seed, options: SimulationOptions = defaultSimulation): SimulatedStudy {
  const patients = centres.flatMap((centre, i) => planCentre(seed, centre, options.patients[i], options.effect))
  const training = patients.filter(({ cohort }) => cohort === 'training')
  const reread = choose(training, rereadPatients, deriveSeed(seed, 'reread'))
  const awkward = planAwkward(seed, patients)
  return {
    seed,
    options,
    patients: patients.map((patient) => {
      const own = awkward.filter(({ chosen }) => chosen.has(patient)).map(({ kind }) => kind)
      return {
        ...patient,
        ...(own.includes('noFish') && { clinical: { ...patient.clinical, fish: '' } }),
        awkward: own,
        reread: reread.has(patient),
      }
    }),
  }
}

/** Half a year before the examination: a smaller tumour, nothing awkward. */
export function earlierVisit(patient: SimulatedPatient): SimulatedPatient {
  return {
    ...patient,
    seed: deriveSeed(patient.seed, 'earlier visit'),
    clinical: { ...patient.clinical, sizeCm: 0.7 * patient.clinical.sizeCm },
    day: patient.day - daysBetweenVisits,
    daysToSurgery: patient.daysToSurgery + daysBetweenVisits,
    awkward: [],
    reread: false,
  }
}

function planCentre(seed: Seed, { id, cohort }: (typeof centres)[number], count: number, effect: number): SimulatedPatient[] {
  const table: PublishedCohort = publishedTable1[cohort]
  const randomFor = (what: string) => createRandom(deriveSeed(seed, id, what))
  const category = <Name extends keyof typeof levels>(name: Name) =>
    shareOut(levels[name] as readonly (typeof levels)[Name][number][], table[name], count, randomFor(name))
  const quantity = (name: 'ageYears' | 'bmi' | 'sizeCm') => spread(count, randomFor(name)).map((z) => [z, table[name]] as const)
  const [tic, side, er, pr, her2, ki67, aln] = [category('tic'), category('side'), category('er'), category('pr'), category('her2'), category('ki67'), category('aln')] // prettier-ignore
  const ages = quantity('ageYears').map(([z, quartiles]) => Math.round(alongQuartiles(z, quartiles)))
  const bmis = quantity('bmi').map(([z, quartiles]) => rounded(alongQuartiles(z, quartiles), 2))
  const sizes = quantity('sizeCm').map(
    ([z, quartiles]) =>
    rounded(Math.min(largestCm, Math.max(smallestCm, exp(alongQuartiles(z, quartiles.map((cm) => log(cm)) as unknown as PublishedQuartiles)))), 1), // prettier-ignore
  )
  const ofCentre = scanners.filter(({ centre }) => centre === id)
  const scannerOf = shareOut(
    ofCentre,
    ofCentre.map(() => 1),
    count,
    randomFor('scanner'),
  )
  return Array.from({ length: count }, (_, i) => {
    const own = deriveSeed(seed, id, i + 1)
    const random = createRandom(deriveSeed(own, 'plan'))
    const normal = createNormal(random)
    const among = (numbers: readonly number[]) => numbers[random.integer(numbers.length)]
    const percent = (from: number, to: number) => from + 5 * random.integer((to - from) / 5 + 1)
    const receptor = (status: string) => (status === 'positive' ? percent(5, 95) : among([0, 0, 0, 1]))
    const isPositive = her2[i] === 'positive'
    return {
      id: `${id}-${String(i + 1).padStart(4, '0')}`,
      seed: own,
      centre: id,
      cohort,
      scanner: scannerOf[i],
      latents: {
        t: normal() + (isPositive ? effect : 0),
        u: normal() + (isPositive ? effect : 0),
        v: normal() + (her2[i] === 'low' ? effect : 0),
      },
      clinical: {
        ageYears: ages[i],
        bmi: bmis[i],
        sizeCm: sizes[i],
        tic: tic[i],
        side: side[i],
        erPercent: receptor(er[i]),
        prPercent: receptor(pr[i]),
        her2: her2[i],
        ...stain(her2[i], random),
        ki67Percent: ki67[i] === 'high' ? percent(30, 80) : percent(5, 25),
        aln: aln[i],
      },
      timesS: [0, 1, 2, 3, 4, 5].map((phase) => (phase === 0 ? 0 : rounded(60 * phase + 8 * (random.uniform() - 0.5), 1))),
      day: firstDay + random.integer(730),
      daysToSurgery: 2 + random.integer(27),
      awkward: [],
      reread: false,
    }
  })
}

function stain(her2: SimulatedClinical['her2'], random: Random): Pick<SimulatedClinical, 'ihc' | 'fish'> {
  const isEquivocal = random.uniform() < 0.4
  if (her2 === 'zero') return { ihc: '0', fish: '' }
  if (her2 === 'low') return isEquivocal ? { ihc: '2+', fish: 'negative' } : { ihc: '1+', fish: '' }
  return isEquivocal ? { ihc: '2+', fish: 'positive' } : { ihc: '3+', fish: '' }
}

function planAwkward(seed: Seed, patients: readonly SimulatedPatient[]) {
  const count = patients.length
  const kinds: readonly (readonly [Awkwardness, number, readonly SimulatedPatient[]])[] = [
    ['noFish', Math.ceil(0.02 * count), patients.filter(({ clinical }) => clinical.ihc === '2+')],
    ['duplicatedId', 1, patients],
    ['sizeInMm', Math.min(4, Math.ceil(count / 24)), patients.filter(({ clinical }) => clinical.sizeCm <= largestDrawnCm)],
    ['missingPhase', 1, patients],
    ['twoVisits', 1, patients],
    ['untoldTimes', 1, patients.filter(({ scanner }) => scanner.habit === 'temporalPosition')],
  ]
  return kinds.map(([kind, wanted, among]) => ({ kind, chosen: choose(among, wanted, deriveSeed(seed, 'awkward', kind)) }))
}

/** As many as wanted, or all. */
function choose<T>(among: readonly T[], wanted: number, seed: Seed): ReadonlySet<T> {
  const chosen = sampleWithoutReplacement(among.length, Math.min(wanted, among.length), createRandom(seed))
  return new Set(chosen.map((at) => among[at]))
}

/** Levels in the shares of their counts, by largest remainder, in random order. */
function shareOut<T>(of: readonly T[], counts: readonly number[], count: number, random: Random): T[] {
  const total = counts.reduce((sum, n) => sum + n, 0)
  const whole = roundToSum(
    counts.map((n) => (n * count) / total),
    count,
  )
  return shuffle(
    of.flatMap((level, i) => Array.from({ length: whole[i] }, () => level)),
    random,
  )
}

/** Standard normal numbers that lie evenly, one in each of `count` equal parts of the probability, in random order. */
function spread(count: number, random: Random): number[] {
  return shuffle(
    Array.from({ length: count }, (_, i) => normalQuantile((i + 0.5) / count)),
    random,
  )
}

const quartileOfNormal = normalQuantile(0.75)

/** A normal distribution whose halves have SDs of their own, through three quartiles. */
function alongQuartiles(z: number, [lower, median, upper]: PublishedQuartiles): number {
  return median + (z / quartileOfNormal) * (z < 0 ? median - lower : upper - median)
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
