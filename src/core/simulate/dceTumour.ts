import type { Direction, Grid, Volume } from '../image/volume.ts'
import type { Mask } from '../mask/mask.ts'
import { createRandom, deriveSeed, type Random, type Seed } from '../numeric/random.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { nameNumbered } from '../image/volumeNames.ts'
import { clamp, mix, soft } from './blend.ts'
import { createNormal } from '../numeric/normal.ts'
import { createSmoothNoise } from './smoothNoise.ts'
import { breastTissues, uptakeAt, type Tissue } from './tissue.ts'
import { dot, ellipsoidSurface, randomDirection, type Surface } from './tumourSurface.ts'
import { createVessel } from './vessel.ts'

export type TumourKind = 'spiculated' | 'rimEnhancing'

/** A simulated dynamic series of a breast with one tumour whose true mask is known. */
export interface SimulatedDce {
  /** Before the contrast agent, then after it; uint16. */
  readonly phases: readonly Volume[]
  /** Seconds from injection, one a phase; the first is 0, before it. */
  readonly timesS: readonly number[]
  readonly truth: Mask
  /** The voxel nearest to the tumour's centre. */
  readonly centre: Triple
}

export interface DceTumourOptions {
  readonly size: Triple
  readonly spacingMm: Triple
  readonly timesS: readonly number[]
  /** SD of the noise in each of the two receiver channels, in grey levels (fat before contrast has 90, a tumour 180). */
  readonly noise: number
  /** Largest deviation of the bias field from 1, about. */
  readonly bias: number
}

export const defaultDceTumourOptions: DceTumourOptions = {
  size: [128, 128, 48],
  spacingMm: [0.8, 0.8, 1.6],
  timesS: [0, 90, 180, 270, 360, 450],
  noise: 15,
  bias: 0.25,
}

const tissues = {
  ...breastTissues,
  core: { level: 160, amplitude: 0.08, tauS: 200, washOutPerS: 0 },
  spiculated: { level: 180, amplitude: 1.6, tauS: 35, washOutPerS: 0.0012 },
  rimEnhancing: { level: 180, amplitude: 1.25, tauS: 60, washOutPerS: 0.0003 },
} as const satisfies Record<string, Tissue>

/**
 * Makes a dynamic series: fat and gland, three vessels that run to the tumour, uneven uptake in the tumour, a smooth bias field and Rician
 * noise (two Gaussian channels). `spiculated`: an irregular body of about 10 mm radius with 16 spicules, early peak and wash-out.
 * `rimEnhancing`: an ellipsoid of 9 to 13 mm with a core that hardly takes contrast up (it belongs to the truth), early peak and
 * plateau, in an oblique series. Edges are 0.8 mm soft; a voxel is in the truth if its centre is. The same seed gives the same bits.
 */
export function simulateDceTumour(
  kind: TumourKind,
  seed: Seed,
  { size, spacingMm, timesS, noise, bias }: DceTumourOptions = defaultDceTumourOptions,
): SimulatedDce {
  const random = createRandom(deriveSeed(seed, kind))
  const grid: Grid = { size, spacingMm, originMm: [-40, 20, -15], direction: kind === 'spiculated' ? axial : oblique }
  const extentMm = size.map((n, axis) => n * spacingMm[axis])
  const centreMm = extentMm.map((mm) => mm * (0.47 + 0.08 * random.uniform())) as unknown as Triple
  const surface = kind === 'spiculated' ? spiculatedSurface(random) : ellipsoidSurface(random, [13, 11, 9])
  const noiseField = (cellMm: number) => createSmoothNoise(random, cellMm, extentMm)
  const [glandNoise, uptakeNoise, biasNoise] = [noiseField(14), noiseField(5), noiseField(45)]
  const vessels = Array.from({ length: 3 }, () => createVessel(random, centreMm, extentMm))

  const count = size[0] * size[1] * size[2]
  const truth = new Uint8Array(count)
  const ideal = timesS.map(() => new Float32Array(count))
  const uptakes = timesS.map((time) => ({
    fat: uptakeAt(tissues.fat, time),
    gland: uptakeAt(tissues.gland, time),
    vessel: uptakeAt(tissues.vessel, time),
    core: uptakeAt(tissues.core, time),
    lesion: uptakeAt(tissues[kind], time),
  }))
  for (let i = 0; i < count; i++) {
    const x = (i % size[0]) * spacingMm[0]
    const y = (Math.floor(i / size[0]) % size[1]) * spacingMm[1]
    const z = Math.floor(i / size[0] / size[1]) * spacingMm[2]
    const gland = clamp(6 * (glandNoise(x, y, z) - 0.5) + 0.5)
    let vessel = 0
    for (const distance of vessels) vessel = Math.max(vessel, soft(-distance(x, y, z)))
    const field = 1 + 2 * bias * (biasNoise(x, y, z) - 0.5)
    const offset: Triple = [x - centreMm[0], y - centreMm[1], z - centreMm[2]]
    const { depthMm, depthShare } = dot(offset, offset) < 625 ? surface(offset) : outOfReach
    const tumour = soft(depthMm)
    truth[i] = depthMm > 0 ? 1 : 0
    const core = kind === 'rimEnhancing' ? clamp((depthShare - 0.38) / 0.08 + 0.5) : 0
    const uneven = tumour > 0 ? 1 + 0.5 * (uptakeNoise(x, y, z) - 0.5) : 1
    for (let phase = 0; phase < timesS.length; phase++) {
      const uptake = uptakes[phase]
      const normal = mix(tissues.fat.level * (1 + uptake.fat), tissues.gland.level * (1 + uptake.gland), gland)
      const around = mix(normal, tissues.vessel.level * (1 + uptake.vessel), vessel)
      const lesion = mix(tissues[kind].level * (1 + uneven * uptake.lesion), tissues.core.level * (1 + uptake.core), core)
      ideal[phase][i] = field * mix(around, lesion, tumour)
    }
  }
  const normal = createNormal(random)
  return {
    phases: ideal.map((levels, phase) => ({
      ...grid,
      voxels: Uint16Array.from(levels, (level) => {
        const [real, imaginary] = [level + noise * normal(), noise * normal()]
        return Math.round(Math.sqrt(real * real + imaginary * imaginary))
      }),
      source: { path: `simulated ${kind}`, format: 'memory', phase: nameNumbered('phase', phase + 1, timesS.length) },
    })),
    timesS,
    truth: { ...grid, voxels: truth },
    centre: centreMm.map((mm, axis) => Math.round(mm / spacingMm[axis])) as unknown as Triple,
  }
}

const axial: Direction = [1, 0, 0, 0, 1, 0, 0, 0, 1]
/** A turn by the angle of the 3-4-5 triangle's half about x: exact enough to be perpendicular. */
const oblique: Direction = [1, 0, 0, 0, 0.96, -0.28, 0, 0.28, 0.96]

/** No tumour reaches 25 mm from its centre. */
const outOfReach = { depthMm: -Infinity, depthShare: 0 }

function spiculatedSurface(random: Random): Surface {
  const bumps = Array.from({ length: 6 }, () => ({ axis: randomDirection(random), height: 0.24 * (random.uniform() - 0.5) }))
  const spicules = Array.from({ length: 16 }, () => ({
    axis: randomDirection(random),
    lengthMm: 3 + 5 * random.uniform(),
    cosine: 0.95 + 0.03 * random.uniform(),
  }))
  return (point) => {
    const distance = Math.sqrt(dot(point, point))
    const direction = point.map((mm) => (distance > 0 ? mm / distance : 0)) as unknown as Triple
    let radius = 10
    for (const { axis, height } of bumps) radius += 10 * height * dot(axis, direction) * Math.abs(dot(axis, direction))
    for (const { axis, lengthMm, cosine } of spicules)
      radius += lengthMm * Math.max(0, (dot(axis, direction) - cosine) / (1 - cosine))
    return { depthMm: radius - distance, depthShare: 1 - distance / radius }
  }
}
