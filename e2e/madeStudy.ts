import { createRandom } from '../src/core/numeric/random.ts'

/** 90 patients of three scanners in two cohorts, 40 of them read twice; the scanner shifts every feature, two tell the outcome. */
export function twiceRead(): Buffer {
  const random = createRandom(3)
  const features = ['original', 'square', 'wavelet-HHL', 'wavelet-LLL'].flatMap((image) => ['glcm_Contrast', 'glcm_Idm', 'glrlm_RunEntropy', 'glszm_ZoneEntropy'].map((name) => `${image}_${name}`)) // prettier-ignore
  const rows = Array.from({ length: 90 }, (_, i) => {
    const outcome = Number(random.uniform() < 0.45)
    const values = features.map((_, j) => 5 + 2 * random.uniform() + 0.8 * (i % 3) + (j < 2 ? 1.2 * outcome : 0))
    const row = (reader: string, of: readonly number[]) => [`P${i}`, reader, i < 60 ? 'training' : 'validation', 'ABC'[i % 3], outcome, ...of.map((value) => value.toFixed(5))].join() // prettier-ignore
    const again = values.map((value, j) => value + (j % 3 === 0 ? 2 : 0.1) * random.uniform())
    return i < 40 ? [row('first', values), row('second', again)] : [row('first', values)]
  })
  return Buffer.from([['id', 'reader', 'cohort', 'scanner', 'outcome', ...features].join(), ...rows.flat()].join('\n'))
}
