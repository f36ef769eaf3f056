import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parseParameterFile } from '../../io/records/parameterFile.ts'
import { parseFeatureLines } from '../features/madeComparison.ts'
import { planExtraction } from '../parameters/profiles/pyradiomics.ts'
import { listFeatureNames } from './featureNames.ts'

const text = (path: string) => readFileSync(new URL(`../../../reference/pyradiomics/${path}`, import.meta.url), 'utf8')
const pairs = JSON.parse(text('pairs.json')) as Record<string, string[]>
const { failures } = JSON.parse(text('failures.json')) as { failures: Record<string, unknown> }
const answered = Object.entries(pairs)
  .flatMap(([parameters, cases]) =>
    cases.filter((name) => !(`${name}__${parameters}` in failures)).map((name) => ({ name, parameters })),
  )
  .filter(({ parameters }) => parameters !== 'log-no-sigma')

/** What the image decides: sigma 40 mm is too wide for these, and a region of one column or row has no slice. */
const dependsOnImage = /^log-sigma-40-mm|_shape2D_/

it.each(answered)(
  '$name with $parameters: the names are those of PyRadiomics, before there is an image',
  ({ name, parameters }) => {
    const answer = parseFeatureLines(text(`answers/${name}__${parameters}.csv`)).map(([feature]) => feature)
    const names = listFeatureNames(planExtraction(parseParameterFile(text(`parameters/${parameters}.yaml`))))
    expect(names.filter((feature) => answer.includes(feature) || !dependsOnImage.test(feature))).toEqual(answer)
  },
)
