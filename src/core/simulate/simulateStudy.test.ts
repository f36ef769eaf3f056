import { describe, expect, it } from 'vitest'
import { checkRise } from '../cohort/checkRise.ts'
import { describeTimeIntensity, traceTimeIntensity } from '../cohort/timeIntensity.ts'
import { computeDice } from '../mask/compare/compareMasks.ts'
import { quantile } from '../numeric/quantile.ts'
import { planStudy, type SimulatedPatient } from './planStudy.ts'
import { levels, publishedTable1 } from './publishedTable1.ts'
import { simulateImages, type Sequence, type SimulatedImages } from './simulateStudy.ts'

const effect = 1.3
const small = planStudy(1, { patients: [2, 2], effect })
const [patient] = small.patients
const countOf = <T>(values: readonly T[], of: readonly T[]) => of.map((level) => values.filter((value) => value === level).length)

describe('planStudy', () => {
  it.each(['training', 'validation'] as const)(
    'has the counts and quartiles of Table 1 for the numbers of the paper, %s',
    (cohort) => {
      const patients = planStudy(9, { patients: [250, 152], effect }).patients.filter((one) => one.cohort === cohort)
      const published = publishedTable1[cohort]
      const clinical = patients.map((one) => one.clinical)
      expect(countOf(clinical.map(({ tic }) => tic), levels.tic)).toEqual(published.tic) // prettier-ignore
      expect(countOf(clinical.map(({ her2 }) => her2), levels.her2)).toEqual(published.her2) // prettier-ignore
      expect(clinical.filter(({ erPercent }) => erPercent > 1).length).toBe(published.er[1])
      expect(clinical.filter(({ prPercent }) => prPercent > 1).length).toBe(published.pr[1])
      expect(clinical.filter(({ ki67Percent }) => ki67Percent >= 30).length).toBe(published.ki67[1])
      expect(countOf(clinical.map(({ side }) => side), levels.side)).toEqual(published.side) // prettier-ignore
      expect(countOf(clinical.map(({ aln }) => aln), levels.aln)).toEqual(published.aln) // prettier-ignore
      for (const [name, of] of [
        ['ageYears', published.ageYears],
        ['bmi', published.bmi],
        ['sizeCm', published.sizeCm],
      ] as const)
        // prettier-ignore
        [0.25, 0.5, 0.75].forEach((p, i) => {
        const found = quantile(clinical.map((one) => one[name]), p) // prettier-ignore
        expect(Math.abs(found / of[i] - 1)).toBeLessThan(0.03)
      })
    },
  )

  it('is awkward where it should be, in as many patients', () => {
    const { patients } = planStudy(1)
    const awkward = patients.flatMap((one) => one.awkward)
    expect(countOf(awkward, ['noFish', 'duplicatedId', 'sizeInMm', 'missingPhase', 'twoVisits', 'untoldTimes'])).toEqual([
      2, 1, 4, 1, 1, 1,
    ])
    for (const { clinical, awkward } of patients)
      expect(clinical.ihc === '2+' && clinical.fish === '').toBe(awkward.includes('noFish'))
    expect(patients.filter(({ reread }) => reread).length).toBe(50)
    expect(new Set(patients.map(({ scanner }) => scanner.id)).size).toBe(4)
  })

  it('shifts the latents of a class and no others', () => {
    const { patients } = planStudy(1, { patients: [250, 152], effect: 5 })
    const meanOf = (latent: 't' | 'u' | 'v', her2: string) => {
      const values = patients.filter(({ clinical }) => clinical.her2 === her2).map(({ latents }) => latents[latent])
      // Not -0.
      return Math.round(values.reduce((sum, value) => sum + value, 0) / values.length) + 0
    }
    expect(levels.her2.map((her2) => meanOf('t', her2))).toEqual([0, 0, 5])
    expect(levels.her2.map((her2) => meanOf('u', her2))).toEqual([0, 0, 5])
    expect(levels.her2.map((her2) => meanOf('v', her2))).toEqual([0, 5, 0])
  })
})

const bytesOf = ({ fst2wi, dce, truth, second }: SimulatedImages) =>
  [fst2wi, ...dce, ...Object.values(truth), ...Object.values(second ?? {})].map(({ voxels }) => Buffer.from(voxels.buffer))

/** How alike neighbours of a row are within a region: the part of the variance that they share. */
function grainOf(images: SimulatedImages, sequence: Sequence): { alike: number; sd: number } {
  const { voxels } = { FST2WI: images.fst2wi, T1WI: images.dce[0], 'T1WI+C': images.dce[images.peak] }[sequence]
  const mask = images.truth[sequence].voxels
  const inside = [...mask.keys()].filter((at) => mask[at] === 1 && mask[at + 1] === 1)
  const mean = inside.reduce((sum, at) => sum + voxels[at], 0) / inside.length
  const sumOf = (value: (at: number) => number) => inside.reduce((sum, at) => sum + value(at), 0) / inside.length
  const variance = sumOf((at) => (voxels[at] - mean) * (voxels[at] - mean))
  return { alike: sumOf((at) => (voxels[at] - mean) * (voxels[at + 1] - mean)) / variance, sd: Math.sqrt(variance) }
}

describe('simulateImages', () => {
  it('is the same for the same patient, another for another', () => {
    const [one, again, other] = [patient, patient, { ...patient, seed: 5 }].map((of) => bytesOf(simulateImages(of, effect)))
    expect(again.every((bytes, i) => bytes.equals(one[i]))).toBe(true)
    expect(other.some((bytes, i) => bytes.equals(one[i]))).toBe(false)
  })

  it.each(levels.tic)('has a curve of type %s under noise and blur, and a first phase before contrast', (tic) => {
    const of = { ...small.patients[3], clinical: { ...small.patients[3].clinical, tic } }
    const { dce, timesS, truth, peak } = simulateImages(of, effect)
    const curve = traceTimeIntensity(dce, timesS, truth.T1WI)
    expect(describeTimeIntensity(curve).type).toBe(tic)
    expect(checkRise(dce[0], dce[1])).toEqual([])
    if (tic !== 'II') expect(curve.means.indexOf(Math.max(...curve.means))).toBe(peak)
  })

  it('draws the second reader close to the first one, in patients that were read again', () => {
    const { truth, second } = simulateImages({ ...patient, reread: true }, effect)
    for (const sequence of ['FST2WI', 'T1WI', 'T1WI+C'] as const) {
      const dice = computeDice(truth[sequence].voxels, second![sequence].voxels)
      expect(dice).toBeGreaterThan(0.7)
      expect(dice).toBeLessThan(0.99)
    }
    expect(simulateImages({ ...patient, reread: false }, effect).second).toBeNull()
  })

  it('shows each latent where it belongs and nowhere else', () => {
    const large: SimulatedPatient = { ...patient, clinical: { ...patient.clinical, sizeCm: 4 } }
    const imagesFor = (latents: Partial<SimulatedPatient['latents']>) =>
      simulateImages({ ...large, latents: { t: 0, u: 0, v: 0, ...latents } }, effect, { noiseFree: true })
    const [none, t, u, v] = [{}, { t: 2 }, { u: 2 }, { v: 2 }].map(imagesFor)
    expect(grainOf(t, 'FST2WI').alike).toBeGreaterThan(grainOf(none, 'FST2WI').alike + 0.05)
    expect(grainOf(v, 'FST2WI').sd).toBeGreaterThan(1.3 * grainOf(none, 'FST2WI').sd)
    expect(grainOf(u, 'T1WI+C').alike).toBeGreaterThan(grainOf(none, 'T1WI+C').alike + 0.05)
    // Nothing else: not a voxel of the other sequence, nor of the phase before contrast.
    const [plain, ofT, ofU, ofV] = [none, t, u, v].map(bytesOf)
    const phases = none.dce.length
    expect(ofU[0].equals(plain[0])).toBe(true)
    expect(ofU[1].equals(plain[1])).toBe(true)
    for (let phase = 1; phase <= phases; phase++)
      for (const other of [ofT, ofV]) expect(other[phase].equals(plain[phase])).toBe(true)
  })
})
