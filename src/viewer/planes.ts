import type { Direction } from '../core/image/volume.ts'
import type { Axis } from '../core/mask/brush.ts'
import type { Triple } from '../core/numeric/voxelArray.ts'

export const planes = ['axial', 'sagittal', 'coronal'] as const
export type Plane = (typeof planes)[number]

/** An index axis and the way along it: with sign -1 the index falls. */
export interface SignedAxis {
  readonly axis: Axis
  readonly sign: 1 | -1
}

/** How a view lies on the voxel grid: to the right, downwards, and through the slices by rising index. */
export interface PlaneAxes {
  readonly across: SignedAxis
  readonly down: SignedAxis
  readonly through: SignedAxis
}

export interface EdgeLetters {
  readonly left: string
  readonly right: string
  readonly top: string
  readonly bottom: string
}

const permutations = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const

/**
 * View planes along the voxel grid, each the one nearest to its anatomical plane, so that an oblique scan shows true voxel
 * slices. As radiologists look: axial from the feet (patient's left on the right), coronal from the front, sagittal from the
 * left side (face to the left), head up.
 */
export function gridPlanes(direction: Direction): Readonly<Record<Plane, PlaneAxes>> {
  const along = (row: number, axis: number) => direction[3 * row + axis]
  const closeness = (axes: readonly Axis[]) => axes.reduce<number>((sum, axis, row) => sum + Math.abs(along(row, axis)), 0)
  const best = permutations.reduce((kept, candidate) => (closeness(candidate) > closeness(kept) + 1e-9 ? candidate : kept))
  const towards = (row: 0 | 1 | 2): SignedAxis => ({ axis: best[row], sign: along(row, best[row]) < 0 ? -1 : 1 })
  const reversed = ({ axis, sign }: SignedAxis): SignedAxis => ({ axis, sign: sign === 1 ? -1 : 1 })
  const rising = ({ axis }: SignedAxis): SignedAxis => ({ axis, sign: 1 })
  const [left, posterior, superior] = [towards(0), towards(1), towards(2)]
  return {
    axial: { across: left, down: posterior, through: rising(superior) },
    sagittal: { across: posterior, down: reversed(superior), through: rising(left) },
    coronal: { across: left, down: reversed(superior), through: rising(posterior) },
  }
}

/** Unit vector (LPS) along an index axis of the grid. */
export function axisVector(direction: Direction, { axis, sign }: SignedAxis): Triple {
  return [sign * direction[axis], sign * direction[3 + axis], sign * direction[6 + axis]]
}

/** Parts of a direction under this are not named: about six degrees off an axis. */
const leastPart = 0.1

/** Where a direction (LPS) points: one letter for each anatomical part of it, the greatest first, e.g. `RA`. */
export function directionLetters(vector: Triple): string {
  const letters = ['LR', 'PA', 'SI']
  return [0, 1, 2]
    .filter((row) => Math.abs(vector[row]) >= leastPart)
    .sort((a, b) => Math.abs(vector[b]) - Math.abs(vector[a]))
    .map((row) => letters[row][vector[row] > 0 ? 0 : 1])
    .join('')
}

/** The letters on the four edges of a view. @param isMirrored left and right are exchanged in the image */
export function edgeLetters(direction: Direction, { across, down }: PlaneAxes, isMirrored = false): EdgeLetters {
  const right = axisVector(direction, across)
  const bottom = axisVector(direction, down)
  const lettersOf = ([x, y, z]: Triple, way: 1 | -1) => directionLetters([(isMirrored ? -way : way) * x, way * y, way * z])
  return { left: lettersOf(right, -1), right: lettersOf(right, 1), top: lettersOf(bottom, -1), bottom: lettersOf(bottom, 1) }
}
