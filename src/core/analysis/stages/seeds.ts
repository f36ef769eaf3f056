import { deriveSeed, type Seed } from '../../numeric/random.ts'

/*
 * The seed of each part of an analysis, from that of its protocol: a part keeps its seed whatever else changes. Those of a fold and of a
 * bootstrap sample are the seeds of a path of their own.
 */

export const stepSeed = (path: Seed, method: string, step: number) => deriveSeed(deriveSeed(path, 'select'), method, step)
export const modelSeed = (path: Seed, method: string, model: number) => deriveSeed(deriveSeed(path, 'train'), method, model)
export const repeatSeed = (study: Seed, repeat: number) => deriveSeed(study, 'resample', repeat)
export const foldSeed = (repeat: Seed, fold: number) => deriveSeed(repeat, fold)
export const bootstrapSeed = (study: Seed, sample: number) => deriveSeed(study, 'optimism', sample)
export const evaluationSeed = (study: Seed) => deriveSeed(study, 'evaluate')

/** The study's seed, and those that are made of it, for the record of a run. */
export function listSeeds(study: number): Readonly<Record<string, number>> {
  const parts = ['select', 'train', 'resample', 'optimism', 'evaluate']
  return { study, ...Object.fromEntries(parts.map((name) => [name, deriveSeed(study, name)])) }
}
