import type { CurveType } from '../cohort/timeIntensity.ts'
import { identityDirection, voxelCount, type BoundingBox, type Grid, type Volume } from '../image/volume.ts'
import { nameNumbered } from '../image/volumeNames.ts'
import type { Mask } from '../mask/mask.ts'
import { exp } from '../numeric/functions.ts'
import { createRandom, deriveSeed } from '../numeric/random.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { clamp, mix, soft } from './blend.ts'
import { acquiredPhases } from './expectedDecisions.ts'
import { blur, gaussianField } from '../image/gaussianField.ts'
import { createNormal, createNormalPairs } from '../numeric/normal.ts'
import { largestDrawnCm, type SimulatedPatient } from './planStudy.ts'
import { publishedTable1 } from './publishedTable1.ts'
import type { SequenceProtocol } from './scanners.ts'
import { createSmoothNoise } from './smoothNoise.ts'
import { breastTissues, uptakeAt } from './tissue.ts'
import { dot, ellipsoidSurface } from './tumourSurface.ts'
import { createVessel } from './vessel.ts'

/** The images that go into the study, as the paper has them. */
export const sequences = ['FST2WI', 'T1WI', 'T1WI+C'] as const
export type Sequence = (typeof sequences)[number]

export interface SimulatedVolume extends Volume {
  readonly voxels: Uint16Array<ArrayBuffer>
}

export interface SimulatedImages {
  readonly fst2wi: SimulatedVolume
  /** By time, the first before contrast; one that is missing is left out, as are its times. */
  readonly dce: readonly SimulatedVolume[]
  readonly timesS: readonly number[]
  /** Which of `dce` is T1WI+C: where the tumour is brightest. */
  readonly peak: number
  /** The first reader's regions: voxels whose centre lies in the tumour. */
  readonly truth: Readonly<Record<Sequence, Mask>>
  /** The second reader's, as different from the first one's as those of people are; null of patients that reader did not draw. */
  readonly second: Readonly<Record<Sequence, Mask>> | null
}

/** Without blur and noise of the scanner: what its features then know of a latent is what can be known. */
export interface ImageOptions {
  readonly noiseFree?: boolean
}

/** Mean of t and u over both centres, as published. */
const positiveShare =
  (publishedTable1.training.her2[2] + publishedTable1.validation.her2[2]) /
  [...publishedTable1.training.her2, ...publishedTable1.validation.her2].reduce((sum, n) => sum + n, 0)
const grain = { lengthMm: 2.4, perLatent: 0.5, contrast: 0.22, contrastPerLatent: 0.25 }
const fst2wiTissues = { fat: 50, gland: 140, vessel: 100, tumour: 190 }
const dceTumour = { level: 180, texture: 0.12, uptakeContrast: 0.35 }
const biasPart = 0.15

/**
 * All images of a patient and both readers' regions: a pure function of the patient. Fat and gland, vessels, a tumour with smooth bumps
 * and a soft border, a bias field, the scanner's blur, gain and Rician noise; uint16. Grain is a Gaussian random field within the tumour:
 * on FST2WI its length goes with t and its contrast with v, in the enhancement its length goes with u, before contrast with nothing.
 * @param effect see `SimulationOptions`: lengths are taken from the mean latent of the population
 */
export function simulateImages(
  patient: SimulatedPatient,
  effect: number,
  { noiseFree = false }: ImageOptions = {},
): SimulatedImages {
  const { scanner, latents, seed, clinical } = patient
  const anatomy = drawAnatomy(patient)
  const onFst2wi = sampleAnatomy(anatomy, gridOf(scanner.fst2wi))
  const onDce = sampleAnatomy(anatomy, gridOf(scanner.dce))
  const normalFor = (what: string) => createNormal(createRandom(deriveSeed(seed, what)))
  const fieldFor = (what: string, { grid, around }: SampledAnatomy, lengthMm: number) =>
    gaussianField(normalFor(what), grid, around, lengthMm)
  const lengthOf = (latent: number) => grain.lengthMm * exp(grain.perLatent * (latent - effect * positiveShare))
  const scan = (
    name: string,
    ideal: Float32Array<ArrayBuffer>,
    { grid, field }: SampledAnatomy,
    phase?: string,
  ): SimulatedVolume => {
    for (let i = 0; i < ideal.length; i++) ideal[i] *= field[i]
    if (!noiseFree) blur(ideal, grid.size, grid.spacingMm, scanner.blurSdMm)
    const noise = noiseFree ? 0 : scanner.noise
    const pair = createNormalPairs(createRandom(deriveSeed(seed, `noise ${name} ${phase ?? ''}`)))
    const voxels = new Uint16Array(ideal.length)
    for (let i = 0; i < ideal.length; i++)
      voxels[i] = pair((one, other) => {
        const real = ideal[i] + noise * one
        const imaginary = noise * other
        return Math.round(scanner.gain * Math.sqrt(real * real + imaginary * imaginary))
      })
    const source = {
      path: `simulated/${patient.id}`,
      format: 'memory',
      series: `SIMULATED ${name}`,
      ...(phase && { phase }),
    } as const
    return { ...grid, voxels, source }
  }

  const contrast = grain.contrast * exp(grain.contrastPerLatent * latents.v)
  const texture = fieldFor('grain FST2WI', onFst2wi, lengthOf(latents.t))
  const t2 = onFst2wi.tumour.map((tumour, i) => {
    const { fat, gland, vessel } = fst2wiTissues
    const around = mix(mix(fat, gland, onFst2wi.gland[i]), vessel, onFst2wi.vessel[i])
    return mix(around, Math.max(0, fst2wiTissues.tumour * (1 + contrast * texture[i])), tumour)
  })

  const nativeTexture = fieldFor('grain T1WI', onDce, grain.lengthMm)
  const uneven = fieldFor('grain of enhancement', onDce, lengthOf(latents.u))
  const curve = createCurve(clinical.tic, seed)
  const phases = acquiredPhases(patient)
  const timesS = phases.map((phase) => patient.timesS[phase])
  const dce = phases.map((phase, at) => {
    const timeS = patient.timesS[phase]
    const { fat, gland, vessel } = breastTissues
    const [fatLevel, glandLevel, vesselLevel] = [fat, gland, vessel].map((tissue) => tissue.level * (1 + uptakeAt(tissue, timeS)))
    const uptake = curve(timeS)
    const ideal = onDce.tumour.map((tumour, i) => {
      const around = mix(mix(fatLevel, glandLevel, onDce.gland[i]), vesselLevel, onDce.vessel[i])
      const enhanced = 1 + uptake * Math.max(0, 1 + dceTumour.uptakeContrast * uneven[i])
      return mix(around, dceTumour.level * (1 + dceTumour.texture * nativeTexture[i]) * enhanced, tumour)
    })
    return scan('DCE', ideal, onDce, nameNumbered('phase', at + 1, phases.length))
  })

  const regions = { FST2WI: onFst2wi, T1WI: onDce, 'T1WI+C': onDce }
  const forSequences = <T>(make: (sequence: Sequence) => T) =>
    Object.fromEntries(sequences.map((sequence) => [sequence, make(sequence)])) as Record<Sequence, T>
  const uptakes = timesS.map(curve)
  return {
    fst2wi: scan('FST2WI', t2, onFst2wi),
    dce,
    timesS,
    peak: uptakes.indexOf(Math.max(...uptakes)),
    truth: forSequences((sequence) => maskOf(regions[sequence], (depthMm) => depthMm)),
    second: patient.reread ? forSequences((sequence) => readAgain(patient, sequence, regions[sequence])) : null,
  }
}

/** Of a patient, in mm from the corner of the field of view, whatever the grid. */
interface Anatomy {
  gland(x: number, y: number, z: number): number
  vessel(x: number, y: number, z: number): number
  field(x: number, y: number, z: number): number
  /** How deep in the tumour; negative outside. */
  depthMm(x: number, y: number, z: number): number
}

/** Fits every scanner's field of view, which is centred on the same place. */
const extentMm = [84, 84, 64]

function drawAnatomy({ seed, clinical }: SimulatedPatient): Anatomy {
  const random = createRandom(deriveSeed(seed, 'anatomy'))
  const centreMm = extentMm.map((mm) => mm * (0.48 + 0.04 * random.uniform())) as unknown as Triple
  const longMm = 5 * Math.min(clinical.sizeCm, largestDrawnCm)
  const [wideMm, deepMm] = [longMm * (0.75 + 0.2 * random.uniform()), longMm * (0.6 + 0.25 * random.uniform())]
  const surface = ellipsoidSurface(random, random.uniform() < 0.5 ? [longMm, wideMm, deepMm] : [wideMm, longMm, deepMm])
  const noise = (cellMm: number) => createSmoothNoise(random, cellMm, extentMm)
  const [glandNoise, biasNoise] = [noise(14), noise(45)]
  const vessels = Array.from({ length: 3 }, () => createVessel(random, centreMm, extentMm))
  // Bumps reach 5 x 8 % beyond the ellipsoid at most.
  const reachMm = 1.4 * longMm + 2
  return {
    gland: (x, y, z) => clamp(6 * (glandNoise(x, y, z) - 0.5) + 0.5),
    vessel(x, y, z) {
      let share = 0
      for (const distance of vessels) share = Math.max(share, soft(-distance(x, y, z)))
      return share
    },
    field: (x, y, z) => 1 + 2 * biasPart * (biasNoise(x, y, z) - 0.5),
    depthMm(x, y, z) {
      const offset: Triple = [x - centreMm[0], y - centreMm[1], z - centreMm[2]]
      return dot(offset, offset) < reachMm * reachMm ? surface(offset).depthMm : -Infinity
    },
  }
}

/** An anatomy at the voxels of a grid: shares of tissues, the bias field, the depth. */
interface SampledAnatomy {
  readonly grid: Grid
  readonly gland: Float32Array<ArrayBuffer>
  readonly vessel: Float32Array<ArrayBuffer>
  readonly field: Float32Array<ArrayBuffer>
  readonly tumour: Float32Array<ArrayBuffer>
  readonly depthMm: Float32Array<ArrayBuffer>
  /** The tumour and what a reader may take for it. */
  readonly around: BoundingBox
}

/** No reader draws so far outside the tumour. */
const farthestMm = 4

function sampleAnatomy(anatomy: Anatomy, grid: Grid): SampledAnatomy {
  const { size, spacingMm } = grid
  const startMm = size.map((n, axis) => (extentMm[axis] - (n - 1) * spacingMm[axis]) / 2)
  const values = () => new Float32Array(voxelCount(grid))
  const lower: [number, number, number] = [...size]
  const upper: [number, number, number] = [0, 0, 0]
  const sampled = {
    grid,
    gland: values(),
    vessel: values(),
    field: values(),
    tumour: values(),
    depthMm: values(),
    around: { lower, upper },
  }
  for (let k = 0, i = 0; k < size[2]; k++)
    for (let j = 0; j < size[1]; j++)
      for (let column = 0; column < size[0]; column++, i++) {
        const x = startMm[0] + column * spacingMm[0]
        const y = startMm[1] + j * spacingMm[1]
        const z = startMm[2] + k * spacingMm[2]
        const depthMm = anatomy.depthMm(x, y, z)
        sampled.depthMm[i] = depthMm
        sampled.tumour[i] = soft(depthMm)
        sampled.field[i] = anatomy.field(x, y, z)
        sampled.gland[i] = anatomy.gland(x, y, z)
        sampled.vessel[i] = anatomy.vessel(x, y, z)
        if (depthMm < -farthestMm) continue
        for (const [axis, at] of [column, j, k].entries()) {
          lower[axis] = Math.min(lower[axis], at)
          upper[axis] = Math.max(upper[axis], at)
        }
      }
  return sampled
}

/** All grids lie around one place of the patient. */
function gridOf({ size, spacingMm }: SequenceProtocol): Grid {
  const originMm = size.map((n, axis) => [-90, -40, 10][axis] - ((n - 1) * spacingMm[axis]) / 2) as unknown as Triple
  return { size, spacingMm, originMm, direction: identityDirection }
}

/** Changes from 110 s to 300 s, of the signal at 110 s. */
const lateChanges: Readonly<Record<CurveType, readonly [number, number]>> = {
  I: [0.18, 0.35],
  II: [-0.05, 0.05],
  III: [-0.32, -0.16],
}
// So fast that a phase at 60 s, where the next one comes after 120 s, is an early peak too.
const [earlyS, lateS, washInS] = [110, 300, 20]

/** The tumour's mean uptake, as a part of its signal before, at a time from the first phase. */
function createCurve(type: CurveType, seed: number): (timeS: number) => number {
  const random = createRandom(deriveSeed(seed, 'curve'))
  const early = 0.9 + 0.6 * random.uniform()
  const [least, most] = lateChanges[type]
  const late = least + (most - least) * random.uniform()
  return (timeS) =>
    timeS <= earlyS
      ? (early * (1 - exp(-timeS / washInS))) / (1 - exp(-earlyS / washInS))
      : (1 + early) * (1 + (late * (timeS - earlyS)) / (lateS - earlyS)) - 1
}

/** Where the depth, seen as `seen` says, is positive. */
function maskOf({ grid, depthMm }: SampledAnatomy, seen: (depthMm: number, at: number) => number): Mask {
  const voxels = new Uint8Array(depthMm.length)
  for (let at = 0; at < voxels.length; at++) voxels[at] = seen(depthMm[at], at) > 0 ? 1 : 0
  return { ...grid, voxels }
}

const again = { outwardMm: 0.3, sdMm: 0.9, lengthMm: 8, missedSlice: 0.15 }

function readAgain({ seed }: SimulatedPatient, sequence: Sequence, sampled: SampledAnatomy): Mask {
  const random = createRandom(deriveSeed(seed, 'second reader', sequence))
  const { size } = sampled.grid
  const deviation = gaussianField(createNormal(random), sampled.grid, sampled.around, again.lengthMm)
  const mask = maskOf(sampled, (depthMm, at) => depthMm + again.outwardMm + again.sdMm * deviation[at])
  if (random.uniform() >= again.missedSlice) return mask
  const slice = size[0] * size[1]
  const [first, last] = [mask.voxels.indexOf(1), mask.voxels.lastIndexOf(1)].map((at) => Math.floor(at / slice))
  const missed = random.uniform() < 0.5 ? first : last
  if (last - first > 1) mask.voxels.fill(0, slice * missed, slice * (missed + 1))
  return mask
}
