import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadKernels } from '../../workers/loadKernels.node.ts'
import { itkCodec } from '../io/images/itkCodec.node.ts'
import { parseParameterFile } from '../io/records/parameterFile.ts'
import { readImageFile } from '../io/images/readImageFile.ts'
import { fileFromDisk } from '../io/sourceFile.node.ts'
import { extractFeatures } from './extract.ts'
import type { ExtractionResult } from './extraction/collectResult.ts'
import { compareFeatures, parseFeatureLines } from './features/madeComparison.ts'
import type { Volume } from './image/volume.ts'
import type { Kernels } from './kernels/kernels.ts'
import { selectLabel } from './mask/labels.ts'
import { planExtraction } from './parameters/profiles/pyradiomics.ts'
import { say, sayError } from '../messages/say.ts'

const folder = new URL('../../reference/pyradiomics/', import.meta.url)
const samples = new URL('../../public/samples/', import.meta.url)
const text = (path: string) => readFileSync(new URL(path, folder), 'utf8')
const json = <T>(path: string) => JSON.parse(text(path)) as T

let kernels: Kernels
beforeAll(async () => {
  kernels = await loadKernels()
})

async function readVolumes(file: URL, channels = false): Promise<readonly Volume[]> {
  return (await readImageFile(itkCodec, await fileFromDisk(fileURLToPath(file)), { channels })).volumes
}

async function extract(caseFolder: URL, parameterFile: string): Promise<ExtractionResult> {
  const parameters = parseParameterFile(text(parameterFile))
  const [image] = await readVolumes(new URL('image.nii.gz', caseFolder))
  const channels = await readVolumes(new URL('mask.nii.gz', caseFolder), true)
  const { label, label_channel } = parameters.settings
  return extractFeatures(
    kernels,
    image,
    selectLabel(channels[channels.length > 1 ? label_channel : 0], label),
    planExtraction(parameters),
  )
}

describe('the study on real cases', () => {
  it.each(['brain1', 'breast1'])('%s: 1502 features equal PyRadiomics’s', async (name) => {
    const result = await extract(new URL(`${name}/`, samples), 'params.yaml')
    expect(result.failures).toEqual([])
    expect(result.features).toHaveLength(1502)
    const comparison = compareFeatures(result.features, parseFeatureLines(text(`${name}/features_paper.csv`)))
    console.log(`${name}, study parameters: ${comparison.summary}`)
    expect(comparison.equal, comparison.summary).toBe(true)
  })

  it.each(['brain1', 'breast1'])('%s with PyRadiomics’s defaults', async (name) => {
    const result = await extract(new URL(`${name}/`, samples), 'parameters/defaults.yaml')
    const comparison = compareFeatures(result.features, parseFeatureLines(text(`${name}/features_default.csv`)))
    expect(comparison.equal, comparison.summary).toBe(true)
  })
})

const pairs = Object.entries(json<Record<string, string[]>>('pairs.json')).flatMap(([parameters, cases]) =>
  cases.map((name) => ({ name, parameters })),
)
const { failures } = json<{ failures: Record<string, { message: string }> }>('failures.json')

/** Where Texel, on purpose, does not do as PyRadiomics does. */
const differences: Record<string, string> = {
  full__defaults: 'a mask that fills the image is a region like any other',
  'int16__lbp3d-level1': 'one level gives m1 and k; PyRadiomics stops with an IndexError of numpy',
  'int16__interpolator-03':
    'number 3 is sitkBSpline, as in the SimpleITK for which PyRadiomics 3.0.1 was written; newer ones have no number 3',
  'float32__interpolator-03': 'as above',
  independent__asymmetric:
    'Imc2 of independent levels is the documented 0; PyRadiomics passes over a direction in which rounding makes HXY the larger entropy',
  'int16__log-no-sigma': 'LoG without sigma is refused, since nothing can come of it; PyRadiomics gives the table without it',
  nan__defaults: 'a NaN inside the region is an error, not a feature',
  nearlyfull__defaults:
    'numpy 2 overflows when it adds two bin widths to the maximum (255) of a uint8 image, so that most bins are lost',
  'othergrid__resample-down': 'a mask on another grid is used only if correctMask says so',
}

function compare(pair: string, result: ExtractionResult) {
  return compareFeatures(result.features, parseFeatureLines(text(`answers/${pair}.csv`)))
}

describe('made cases, one setting or image type each', () => {
  it.each(pairs)('$name, $parameters', async ({ name, parameters }) => {
    const pair = `${name}__${parameters}`
    const outcome = await extract(new URL(`cases/${name}/`, folder), `parameters/${parameters}.yaml`).catch(
      (error: Error) => error,
    )
    const told = outcome instanceof Error ? sayError(outcome) : outcome.failures.map(({ reason }) => say(reason)).join()
    if (differences[pair]) {
      const same =
        outcome instanceof Error || told !== '' ? failures[pair] !== undefined : !failures[pair] && compare(pair, outcome).equal
      expect(same, `is as PyRadiomics does, so it is no difference: ${differences[pair]}`).toBe(false)
    } else if (failures[pair]) {
      expect(told, `PyRadiomics refuses this: ${failures[pair].message}`).not.toBe('')
    } else {
      expect(told).toBe('')
      const comparison = compare(pair, outcome as ExtractionResult)
      expect(comparison.equal, comparison.summary).toBe(true)
    }
  })
})
