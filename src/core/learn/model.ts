import type { FeatureTable } from '../table/featureTable.ts'
import { applyForest, type ForestModel } from './forestModel.ts'
import { applyInterceptOnly, type InterceptOnlyModel } from './interceptOnly.ts'
import { applyLasso, type LassoModel } from './lasso.ts'
import { applyLogistic, type LogisticModel } from './logistic.ts'
import { applyMlForest, type MlForestModel } from './mlRandomForest.ts'
import { applySvm, type SvmModel } from './svm.ts'

/** Whatever can be learnt and applied to other patients; plain data. `score` says whether its scores are probabilities. */
export type Model = LogisticModel | LassoModel | ForestModel | MlForestModel | SvmModel | InterceptOnlyModel

/**
 * Scores of the patients of a table, which may have other columns too; higher speaks for class 1.
 * @throws DataError that names missing columns, or patients without a value
 */
export function applyModel(model: Model, table: FeatureTable): Float64Array {
  switch (model.kind) {
    case 'logistic':
      return applyLogistic(model, table)
    case 'lasso':
      return applyLasso(model, table)
    case 'svm':
      return applySvm(model, table)
    case 'intercept only':
      return applyInterceptOnly(model, table)
    case 'forest':
      return model.engine === 'wasm' ? applyForest(model, table) : applyMlForest(model, table)
  }
}
