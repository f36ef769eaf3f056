import type { Analysis } from '../../../core/analysis/analysis.ts'
import type { ModelContext } from '../../../core/apply/describeModel.ts'
import type { ExtractionParameters } from '../../../core/parameters/profiles/pyradiomics/parameters.ts'
import { programServer } from '../../../io/programServer.ts'
import { analysedModels } from '../../../io/records/analysedModels.ts'
import { formatModelFile } from '../../../io/records/formatModelFile.ts'
import { readOutcome, type TextTable } from '../../../io/tables/tableFile.ts'
import { sayInFiles } from '../../../messages/say.ts'

export interface SavedModel {
  readonly analysis: Analysis
  /** Of its models, in their order. */
  readonly contexts: readonly ModelContext[]
  readonly clinical: TextTable
  /** By which the features were extracted here; null of a table. */
  readonly parameters: ExtractionParameters | null
  readonly withIds: boolean
}

/** The file of a model, as texel analyse writes it. @param at its place among the models */
export async function writeModel(at: number, { analysis, contexts, clinical, parameters, withIds }: SavedModel): Promise<string> {
  const { column, positive } = analysis.protocol.outcome
  const outcome = readOutcome(clinical, column, positive, 'protocol')
  const models = analysedModels(analysis, contexts, {
    texel: __TEXEL_VERSION__,
    source: parameters ? { kind: 'images', parameters: await formatParameters(parameters) } : { kind: 'table' },
    outcome: { column, positive: outcome.positive },
    withIds,
  })
  return formatModelFile(models[at], sayInFiles, { withIds })
}

async function formatParameters(parameters: ExtractionParameters): Promise<string> {
  const { formatParameterFile } = await programServer.load(() => import('../../../io/records/parameterFile.ts'))
  return formatParameterFile(parameters)
}
