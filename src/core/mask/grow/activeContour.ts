import { extentOf } from '../boundingBox.ts'
import { copyBox, loadImageBox, pasteBox } from '../boxVoxels.ts'
import { checkBox } from '../edit/threshold.ts'
import type { BoundingBox, Mask } from '../mask.ts'
import { smoothBox } from '../smoothBox.ts'
import type { Grid, Volume } from '../../image/volume.ts'
import type { Kernels } from '../../kernels/kernels.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { refuse } from '../messages.ts'

/*
 * Active contour as in ITK-SNAP (Yushkevich et al. 2006, NeuroImage 31): a speed image from edges (geodesic active contour, Caselles,
 * Kimmel and Sapiro 1997) or from grey levels (region competition, Zhu and Yuille 1996), bubbles to start from, and a contour that
 * evolves in rounds, so that a page can show it and stop it.
 */

/** How fast the contour wants to go at each voxel of a box: 1 outwards, -1 inwards, 0 stand still. */
export interface SpeedImage {
  readonly kind: 'edges' | 'region'
  readonly box: BoundingBox
  /** In the order of `volume.ts`, of the box's size. */
  readonly speed: Float32Array<ArrayBuffer>
}

export interface EdgeSpeedOptions {
  /** Gaussian before the gradient. */
  readonly smoothingMm: number
  /** The gradient (grey levels a mm) where the speed has fallen to a half. */
  readonly halfGradient: number
}

/**
 * Speed from edges: 1 / (1 + (|grad(G * I)| / halfGradient)²), near 1 on even ground, near 0 on an edge.
 * @throws DataError if the box does not fit, or the half gradient is not positive
 */
export function computeEdgeSpeed(
  kernels: Kernels,
  volume: Volume,
  box: BoundingBox,
  { smoothingMm, halfGradient }: EdgeSpeedOptions,
): SpeedImage {
  checkBox(box, volume.size)
  if (!(halfGradient > 0 && halfGradient < Infinity)) {
    throw refuse('half-gradient', { halfGradient })
  }
  return kernels.scope(() => {
    const [nx, ny, nz] = extentOf(box)
    const count = nx * ny * nz
    const gradient = kernels.f64(loadGradient(kernels, volume, box, smoothingMm), count)
    const speed = new Float32Array(count)
    for (let i = 0; i < count; i++) {
      const share = gradient[i] / halfGradient
      speed[i] = 1 / (1 + share * share)
    }
    return { kind: 'edges', box, speed }
  })
}

/** The gradient that a share of a box's voxels stays below: 0.9 makes the strongest tenth the edges. To choose `halfGradient` by. */
export function gradientQuantile(kernels: Kernels, volume: Volume, box: BoundingBox, smoothingMm: number, share: number): number {
  checkBox(box, volume.size)
  return kernels.scope(() => {
    const [nx, ny, nz] = extentOf(box)
    const sorted = kernels
      .f64(loadGradient(kernels, volume, box, smoothingMm), nx * ny * nz)
      .slice()
      .sort()
    return sorted[Math.floor(share * (sorted.length - 1))]
  })
}

export interface RegionSpeedOptions {
  readonly smoothingMm: number
  /** The contour grows between these grey levels and shrinks beyond them; an infinite one is no bound. */
  readonly low: number
  readonly high: number
  /** How soft the threshold is, in grey levels: the speed at that distance from a bound is 0.71. */
  readonly softness: number
  /** Grows beyond the grey levels and shrinks between them. */
  readonly inverted?: boolean
}

/**
 * Speed from a soft threshold: s(d) = d / sqrt(1 + d²) with d the distance of the (smoothed) grey level from the nearer bound, in
 * units of the softness, positive between the bounds. It stands for P(object) - P(background) of region competition.
 * @throws DataError if the box does not fit, the bounds are not ascending, or the softness is not positive
 */
export function computeRegionSpeed(
  kernels: Kernels,
  volume: Volume,
  box: BoundingBox,
  { smoothingMm, low, high, softness, inverted = false }: RegionSpeedOptions,
): SpeedImage {
  checkBox(box, volume.size)
  if (!(low < high)) throw refuse('contour-range', { low, high })
  if (!(softness > 0)) throw refuse('softness', { softness })
  return kernels.scope(() => {
    const extent = extentOf(box)
    const count = extent[0] * extent[1] * extent[2]
    const image = loadImageBox(kernels, volume.voxels, volume.size, box)
    smoothBox(kernels, image, extent, volume.spacingMm, smoothingMm)
    const levels = kernels.f64(image, count)
    const speed = new Float32Array(count)
    for (let i = 0; i < count; i++) {
      const distance = Math.min(levels[i] - low, high - levels[i]) / softness
      const inwards = distance === Infinity ? 1 : distance / Math.sqrt(1 + distance * distance)
      speed[i] = inverted ? -inwards : inwards
    }
    return { kind: 'region', box, speed }
  })
}

/** A ball to start from, in continuous voxel indexes. */
export interface Bubble {
  readonly centre: Triple
  readonly radiusMm: number
}

export interface ContourOptions {
  /** Weight of the speed image. */
  readonly propagation: number
  /** Weight of the curvature: smooths the contour; in mm, a sphere of this radius times two just stands against full speed. */
  readonly curvature: number
  /** Weight of the pull towards the bottom of the speed image's valleys; for edges. */
  readonly advection: number
}

export const defaultContourOptions = {
  edges: { propagation: 1, curvature: 0.2, advection: 2 },
  region: { propagation: 1, curvature: 0.1, advection: 0 },
} as const satisfies Record<SpeedImage['kind'], ContourOptions>

/** A contour between two rounds. Plain data: it passes postMessage. Typed arrays, since a box has millions of voxels. */
export interface ContourState {
  readonly speed: SpeedImage
  readonly spacingMm: Triple
  readonly options: ContourOptions
  /** Level set of the box with a frame of one voxel around: mm, negative inside. */
  readonly phi: Float32Array<ArrayBuffer>
  readonly rounds: number
  /** Voxels that changed sides in the last round; the contour stands when it stays near 0. */
  readonly changedVoxels: number
}

/** Steps of one round; the band is made anew before each. */
const stepsPerRound = 3
const bandLayers = 3
/** Part of the largest stable step. */
const courant = 0.8

/**
 * Starts a contour from bubbles.
 * @throws DataError if there is no bubble or none reaches a voxel centre of the box
 */
export function startContour(
  { size, spacingMm }: Pick<Grid, 'size' | 'spacingMm'>,
  speed: SpeedImage,
  bubbles: readonly Bubble[],
  options: ContourOptions = defaultContourOptions[speed.kind],
): ContourState {
  checkBox(speed.box, size)
  const [nx, ny, nz] = extentOf(speed.box).map((n) => n + 2)
  const phi = new Float32Array(nx * ny * nz).fill(1e6)
  const [x0, y0, z0] = speed.box.lower
  let inside = 0
  for (let k = 1; k < nz - 1; k++) {
    for (let j = 1; j < ny - 1; j++) {
      for (let i = 1; i < nx - 1; i++) {
        let nearest = 1e6
        for (const { centre, radiusMm } of bubbles) {
          const dx = (i - 1 + x0 - centre[0]) * spacingMm[0]
          const dy = (j - 1 + y0 - centre[1]) * spacingMm[1]
          const dz = (k - 1 + z0 - centre[2]) * spacingMm[2]
          nearest = Math.min(nearest, Math.sqrt(dx * dx + dy * dy + dz * dz) - radiusMm)
        }
        phi[i + nx * (j + ny * k)] = nearest
        if (nearest < 0) inside++
      }
    }
  }
  if (inside === 0) throw refuse('bubbles-outside-box', { bubbles: bubbles.length })
  return { speed, spacingMm, options, phi, rounds: 0, changedVoxels: inside }
}

/**
 * Lets a contour evolve by some rounds of three steps each. The time of a step follows from the spacing and the options alone: in one
 * round a front at full speed goes about one voxel. Rounds may be asked for one by one or together: the result is the same, to the bit.
 * @returns the next state; the one given is not changed
 */
export function evolveContour(kernels: Kernels, state: ContourState, rounds: number): ContourState {
  const { speed, spacingMm, options } = state
  const [nx, ny, nz] = extentOf(speed.box).map((n) => n + 2)
  const count = nx * ny * nz
  const dt = timeStep(spacingMm, options, speed.kind)
  const { propagation, curvature, advection } = options
  return kernels.scope(() => {
    const phi = kernels.allocate(4 * count)
    const framed = kernels.allocate(4 * count)
    const workspace = kernels.allocate(kernels.exports.contourWorkspace(count))
    kernels.f32(phi, count).set(state.phi)
    frameSpeed(speed, kernels.f32(framed, count))
    let changedVoxels = state.changedVoxels
    for (let round = 0; round < rounds; round++) {
      const n = kernels.exports.rebuildBand(phi, nx, ny, nz, ...spacingMm, bandLayers, workspace)
      changedVoxels = 0
      for (let step = 0; step < stepsPerRound; step++) {
        changedVoxels += kernels.exports.stepContour(
          phi, framed, nx, ny, count, n, ...spacingMm, propagation, curvature, advection, speed.kind === 'edges' ? 1 : 0, dt, workspace,
        ) // prettier-ignore
      }
    }
    return { ...state, phi: kernels.f32(phi, count).slice(), rounds: state.rounds + rounds, changedVoxels }
  })
}

/** What a contour encloses, as voxels of the volume's grid. */
export function contourVoxels({ speed, phi }: ContourState, { size }: Pick<Mask, 'size'>): Uint8Array<ArrayBuffer> {
  const extent = extentOf(speed.box)
  const framed = Uint8Array.from(phi, (value) => (value < 0 ? 1 : 0))
  const part = new Uint8Array(extent[0] * extent[1] * extent[2])
  copyBox(framed, [extent[0] + 2, extent[1] + 2, extent[2] + 2], { lower: [1, 1, 1], upper: extent }, part)
  const voxels = new Uint8Array(size[0] * size[1] * size[2])
  pasteBox(part, speed.box, voxels, size)
  return voxels
}

/** An explicit scheme's bound: transport over one voxel along each axis, and diffusion by the curvature. */
function timeStep([sx, sy, sz]: Triple, { propagation, curvature, advection }: ContourOptions, kind: SpeedImage['kind']): number {
  const smallest = Math.min(sx, sy, sz)
  // The slope of a speed between 0 and 1 is at most 0.5 a voxel along an axis.
  const transport =
    (Math.abs(propagation) + (kind === 'edges' ? (0.5 * Math.abs(advection)) / smallest : Math.abs(advection) / smallest)) /
    smallest
  const diffusion = 2 * Math.abs(curvature) * (1 / (sx * sx) + 1 / (sy * sy) + 1 / (sz * sz))
  const rate = transport + diffusion
  return rate > 0 ? (courant * 0.5) / rate : 0
}

/** The speed with its border values repeated in the frame. */
function frameSpeed({ box, speed }: SpeedImage, framed: Float32Array): void {
  const [nx, ny, nz] = extentOf(box)
  const clamp = (at: number, n: number) => Math.min(n - 1, Math.max(0, at - 1))
  for (let k = 0, i = 0; k < nz + 2; k++) {
    for (let j = 0; j < ny + 2; j++) {
      const row = nx * (clamp(j, ny) + ny * clamp(k, nz))
      for (let x = 0; x < nx + 2; x++, i++) framed[i] = speed[row + clamp(x, nx)]
    }
  }
}

function loadGradient(kernels: Kernels, volume: Volume, box: BoundingBox, smoothingMm: number): number {
  const extent = extentOf(box)
  const [sx, sy, sz] = volume.spacingMm
  const gradient = kernels.allocate(8 * extent[0] * extent[1] * extent[2])
  kernels.scope(() => {
    const image = loadImageBox(kernels, volume.voxels, volume.size, box)
    smoothBox(kernels, image, extent, volume.spacingMm, smoothingMm)
    kernels.exports.gradientMagnitude(image, ...extent, 0.5 / sx, 0.5 / sy, 0.5 / sz, gradient)
  })
  return gradient
}
