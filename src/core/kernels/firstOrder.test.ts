import { readFileSync } from 'node:fs'
import { beforeAll, expect, it } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import type { Kernels } from './kernels.ts'

const { means } = JSON.parse(readFileSync(new URL('../../../reference/python/equalMeans.json', import.meta.url), 'utf8')) as {
  means: { value: number; ulps: number[] }[]
}

let kernels: Kernels
beforeAll(async () => {
  kernels = await loadKernels({ build: 'debug' })
})

const bits = (x: number) => new BigInt64Array(Float64Array.of(x).buffer)[0]

it.each(means)('the mean of n times $value has numpy’s last bit for n up to 3000', ({ value, ulps }) => {
  kernels.scope(() => {
    const values = kernels.allocate(8 * ulps.length)
    kernels.f64(values, ulps.length).fill(value)
    const got = ulps.map((_, i) => Number(bits(kernels.exports.pairwiseSum(values, i + 1) / (i + 1)) - bits(value)))
    expect(got).toEqual(ulps)
  })
})

it('the logarithm is the nearest number, also where numpy’s for AVX-512 processors is the next one', () => {
  const nearest = [
    [3, 1.0986122886681098], [9, 2.1972245773362196], [10, 2.302585092994046], [22, 3.091042453358316],
    [24, 3.1780538303479458], [26, 3.258096538021482], [29, 3.367295829986474], [34, 3.5263605246161616],
  ] // prettier-ignore
  expect(nearest.map(([x]) => [x, kernels.exports.log(x)])).toEqual(nearest)
})
