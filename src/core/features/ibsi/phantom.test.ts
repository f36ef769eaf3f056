import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadKernels } from '../../../../workers/loadKernels.node.ts'
import { ibsiSets } from '../../../../cli/ibsiSets.ts'
import { itkCodec } from '../../../io/images/itkCodec.node.ts'
import { readImageFile } from '../../../io/images/readImageFile.ts'
import { fileFromDisk } from '../../../io/sourceFile.node.ts'
import { extractFeatures } from '../../extract.ts'
import { listFeatureNames } from '../../extraction/featureNames.ts'
import type { Volume } from '../../image/volume.ts'
import { selectLabel } from '../../mask/labels.ts'
import { planIbsi } from '../../parameters/profiles/ibsi.ts'
import { agreesWithConsensus } from './agreesWithConsensus.ts'
import { listIbsiFeatures } from './definitions.ts'
import { ibsiDefinitions, ibsiFamilies } from './definitions.ts'

const reference = (path: string) => fileURLToPath(new URL(`../../../../reference/${path}`, import.meta.url))
const [phantom] = ibsiSets
const { parameters } = phantom
const plan = planIbsi(parameters)
const names = ibsiFamilies.flatMap((family) => listIbsiFeatures(family, parameters.settings.aggregations))
const rows = readFileSync(reference(phantom.values), 'utf8').trim().split('\n').slice(1).map((line) => line.trim().split(';')) // prettier-ignore
const consensus = rows
  .filter(([, tolerance]) => tolerance !== '')
  .map(([value, tolerance, tag]) => ({ tag, value: Number(value), tolerance: Number(tolerance) }))

let [image, mask]: Volume[] = []
beforeAll(async () => {
  const read = async (path: string) => (await readImageFile(itkCodec, await fileFromDisk(reference(path)))).volumes[0]
  ;[image, mask] = [await read(phantom.image), await read(phantom.mask)]
})

describe.each(['release', 'debug'] as const)('digital phantom of the IBSI, %s build', (build) => {
  it('has all 482 consensus values', async () => {
    const result = extractFeatures(await loadKernels({ build }), image, selectLabel(mask, 1), plan)
    expect(result.failures).toEqual([])
    const got = new Map(result.features)
    const named = new Map(names.map(({ tag, name }) => [tag, `ibsi_${name}`]))
    const outside = consensus.filter(({ tag, ...want }) => !agreesWithConsensus(got.get(named.get(tag)!) ?? NaN, want))
    expect(outside).toEqual([])
    expect(consensus).toHaveLength(482)
    // References have three digits and mostly no tolerance: few values equal them unrounded.
    const unrounded = consensus.filter(({ tag, value, tolerance }) => Math.abs(got.get(named.get(tag)!)! - value) <= tolerance)
    expect(unrounded.length).toBeLessThan(100)
  })
})

it('has a consensus value for every feature, and the features that the plan foretells', () => {
  expect(names.map(({ tag }) => tag).sort()).toEqual(consensus.map(({ tag }) => tag).sort())
  expect(listFeatureNames(plan)).toEqual(names.map(({ name }) => `ibsi_${name}`))
  const identifiers = ibsiFamilies.flatMap((family) => ibsiDefinitions[family].features.map(({ identifier }) => identifier))
  expect(identifiers.filter((identifier) => !/^[A-Z0-9]{4}$/.test(identifier))).toEqual([])
  expect(new Set(identifiers).size).toBe(identifiers.length)
})

it('takes a value for the consensus within its tolerance, or rounded to three digits', () => {
  expect(agreesWithConsensus(3065, { value: 3065, tolerance: 0 })).toBe(true)
  expect(agreesWithConsensus(2.1489, { value: 2.15, tolerance: 0 })).toBe(true)
  expect(agreesWithConsensus(2.1449, { value: 2.15, tolerance: 0 })).toBe(false)
  expect(agreesWithConsensus(0.0394, { value: 0.0397, tolerance: 0.0003 })).toBe(true)
  expect(agreesWithConsensus(0.03935, { value: 0.0397, tolerance: 0.0003 })).toBe(true)
  expect(agreesWithConsensus(0.0393, { value: 0.0397, tolerance: 0.0003 })).toBe(false)
  expect(agreesWithConsensus(NaN, { value: 1, tolerance: 1 })).toBe(false)
})
