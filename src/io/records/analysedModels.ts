import type { Analysis } from '../../core/analysis/analysis.ts'
import { listSeeds } from '../../core/analysis/stages/seeds.ts'
import { findWarnings } from '../../core/analysis/warnings.ts'
import type { ModelContext } from '../../core/apply/describeModel.ts'
import { describeCopies, withoutPatients } from '../../core/report/describeAnalysis.ts'
import type { FeatureSource, ModelFile, WrittenModel } from './modelFile.ts'

/** What an analysis does not know of its models. */
export interface ModelOrigin {
  readonly texel: string
  readonly source: FeatureSource
  readonly outcome: ModelFile['outcome']
  /** Patients may be named, where a warning is of them. */
  readonly withIds: boolean
}

/** What is written of the models of an analysis, in their order. @param contexts of `describeModels` */
export function analysedModels(
  analysis: Analysis,
  contexts: readonly ModelContext[],
  { texel, source, outcome, withIds }: ModelOrigin,
): WrittenModel[] {
  const { protocol, path, copies } = analysis
  const { freeze } = protocol.cohort
  const ofData = describeCopies(copies).map((warning) => (withIds ? warning : withoutPatients(warning)))
  const found = findWarnings(analysis).map(({ message }) => message)
  return path.models.map(({ name, clinical, model }, m) => ({
    ...{ texel, name, outcome, source, clinical, model, ...contexts[m] },
    ...(freeze !== undefined && { freeze }),
    warnings: [...ofData, ...found.filter(({ values }) => values.model === name)],
    seeds: listSeeds(protocol.seed),
  }))
}
