import { Option } from 'commander'
import type { Model } from '../src/core/learn/model.ts'
import { parseParameterFile } from '../src/io/records/parameterFile.ts'
import type { FeatureSource } from '../src/io/records/modelFile.ts'
import { readTextFile } from './tableFiles.ts'

/* What the commands that write a model's file share. */

export const paramsOption = new Option(
  '--params <yaml>',
  'the parameters that the features were extracted with: they go into the file of the model, so that a new patient is measured in the same way',
)
export const keepIdsOption = new Option(
  '--keep-ids',
  'name the training patients in the file of the model, so that texel predict can mark them; else it has their number alone',
)

/** @throws DataError for a file that holds no parameters */
export async function readFeatureSource(path: string | undefined): Promise<FeatureSource> {
  if (path === undefined) return { kind: 'table' }
  const parameters = await readTextFile(path)
  parseParameterFile(parameters)
  return { kind: 'images', parameters }
}

/** What must be known before the file is given away. */
export function tellOfVectors(name: string, model: Model): string[] {
  if (model.kind !== 'svm') return []
  return [
    `The file of ${name} holds feature values of ${model.supportVectors.length} training patients (its support vectors). Where they must not leave, give away a logistic regression, a LASSO or a forest: their files hold none.`,
  ]
}
