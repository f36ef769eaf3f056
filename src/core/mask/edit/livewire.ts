import type { Volume } from '../../image/volume.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { copyBox } from '../boxVoxels.ts'
import type { Axis } from '../brush.ts'
import { extentOf } from '../boundingBox.ts'
import type { BoundingBox } from '../mask.ts'

/** How far from the point that it starts at a way is looked for, in voxels: all of that is found within a frame. */
const reachVoxels = 64

/** Weights of the costs of a step: no crossing of zero there, a turn against the edge, a weak gradient. */
const weights = { crossing: 0.43, direction: 0.43, gradient: 0.14 }

/**
 * Ways along edges from a point of a slice to others: the cheapest chains of neighbouring voxels (Mortensen and Barrett, Intelligent
 * Scissors for Image Composition, SIGGRAPH 1995; Interactive Segmentation with Intelligent Scissors, Graph Models Image Process 1998).
 * A step costs little where the Laplacian crosses zero, where it goes along the edge of both its voxels, and where the gradient is
 * strong; lengths are in mm, so that voxels that are not square are no other. The angle between a step and an edge counts by its
 * cosine, not by the angle itself as there: that has the same bits everywhere.
 *
 * @param volume levels that are no numbers count as 0
 * @param from a voxel index, whole or not; the way starts in the voxel that it lies in, as far as the volume goes
 * @returns what gives the voxels between that and another index of the slice, without both; beyond the reach they end where that ends
 */
export function createLivewire(volume: Volume, sliceAxis: Axis, from: Triple): (to: Triple) => Triple[] {
  const [u, v] = ([0, 1, 2] as const).filter((axis) => axis !== sliceAxis)
  const inside = (axis: number, at: number) => Math.min(volume.size[axis] - 1, Math.max(0, Math.round(at)))
  const start = [0, 1, 2].map((axis) => inside(axis, from[axis]))
  const end = (sign: 1 | -1) =>
    start.map((at, axis) => (axis === sliceAxis ? at : inside(axis, at + sign * reachVoxels))) as unknown as Triple
  const box: BoundingBox = { lower: end(-1), upper: end(1) }
  const extent = extentOf(box)
  const [columns, rows] = [extent[u], extent[v]]
  const place = (index: readonly number[]) => {
    const within = (axis: number) => Math.min(box.upper[axis], inside(axis, index[axis])) - box.lower[axis]
    return Math.max(0, within(u)) + columns * Math.max(0, within(v))
  }
  const indexOf = (at: number): Triple => {
    const index = [...start]
    index[u] = box.lower[u] + (at % columns)
    index[v] = box.lower[v] + Math.floor(at / columns)
    return index as unknown as Triple
  }

  const levels = new Float64Array(columns * rows)
  copyBox(volume.voxels, volume.size, box, levels)
  for (let at = 0; at < levels.length; at++) if (!Number.isFinite(levels[at])) levels[at] = 0
  const spacing = [volume.spacingMm[u], volume.spacingMm[v]] as const
  const findWay = createWays(findEdges(levels, columns, rows, spacing), place(start))
  return (to) => findWay(place(to)).slice(1, -1).map(indexOf)
}

/** Of each voxel of a slice. */
interface Edges {
  readonly columns: number
  readonly rows: number
  readonly spacing: readonly [number, number]
  /** Along the edge, of length 1; 0 where there is none. */
  readonly alongU: Float64Array
  readonly alongV: Float64Array
  /** What it costs to be there, whichever way it was reached. */
  readonly cost: Float64Array
}

function findEdges(levels: Float64Array, columns: number, rows: number, spacing: readonly [number, number]): Edges {
  const at = (column: number, row: number) =>
    levels[Math.min(columns - 1, Math.max(0, column)) + columns * Math.min(rows - 1, Math.max(0, row))]
  const [alongU, alongV, strength, laplacian] = [0, 1, 2, 3].map(() => new Float64Array(levels.length))
  const [du, dv] = spacing
  let strongest = 0
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      // Sobel's differences, which smooth across.
      const across = (side: 1 | -1) => at(column + side, row - 1) + 2 * at(column + side, row) + at(column + side, row + 1)
      const down = (side: 1 | -1) => at(column - 1, row + side) + 2 * at(column, row + side) + at(column + 1, row + side)
      const [gu, gv] = [(across(1) - across(-1)) / (8 * du), (down(1) - down(-1)) / (8 * dv)]
      const length = Math.sqrt(gu * gu + gv * gv)
      const i = column + columns * row
      strength[i] = length
      strongest = Math.max(strongest, length)
      if (length > 0) [alongU[i], alongV[i]] = [gv / length, -gu / length]
      const middle = 2 * at(column, row)
      laplacian[i] =
        (at(column - 1, row) + at(column + 1, row) - middle) / (du * du) +
        (at(column, row - 1) + at(column, row + 1) - middle) / (dv * dv)
    }
  }
  /** Of two voxels between which the Laplacian changes its sign, the one nearer to zero. */
  const crossesTo = (own: number, other: number) => own * other < 0 && Math.abs(own) <= Math.abs(other)
  const crosses = (i: number) => {
    const [own, column, row] = [laplacian[i], i % columns, Math.floor(i / columns)]
    return (
      (column > 0 && crossesTo(own, laplacian[i - 1])) ||
      (column < columns - 1 && crossesTo(own, laplacian[i + 1])) ||
      (row > 0 && crossesTo(own, laplacian[i - columns])) ||
      (row < rows - 1 && crossesTo(own, laplacian[i + columns]))
    )
  }
  const cost = strength.map((length, i) => {
    const isFlat = strongest === 0 || length === 0
    const crossing = !isFlat && crosses(i) ? 0 : 1
    return weights.crossing * crossing + weights.gradient * (isFlat ? 1 : 1 - length / strongest)
  })
  return { columns, rows, spacing, alongU, alongV, cost }
}

/** The cheapest ways from one voxel (Dijkstra 1959), found as far out as they are asked for. @returns the voxels of a way, both ends included */
function createWays({ columns, rows, spacing, alongU, alongV, cost }: Edges, start: number): (to: number) => number[] {
  const spent = new Float64Array(cost.length).fill(Infinity)
  const before = new Int32Array(cost.length).fill(-1)
  const isSettled = new Uint8Array(cost.length)
  const queue = createQueue()
  spent[start] = 0
  queue.push(start, 0)

  const visitNeighbours = (from: number) => {
    const [column, row] = [from % columns, Math.floor(from / columns)]
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const [x, y] = [column + dx, row + dy]
        if ((dx === 0 && dy === 0) || x < 0 || y < 0 || x >= columns || y >= rows) continue
        const to = x + columns * y
        if (isSettled[to]) continue
        const [stepU, stepV] = [dx * spacing[0], dy * spacing[1]]
        const length = Math.sqrt(stepU * stepU + stepV * stepV)
        const cosine = (i: number) => (alongU[i] * stepU + alongV[i] * stepV) / length
        // An edge has no sense of its own: it is taken in that of the step at its first voxel.
        const [here, there] = [cosine(from), cosine(to)]
        const turn = (2 - Math.abs(here) - (here < 0 ? -there : there)) / 4
        const total = spent[from] + length * (cost[to] + weights.direction * turn)
        if (total >= spent[to]) continue
        spent[to] = total
        before[to] = from
        queue.push(to, total)
      }
    }
  }

  return (to) => {
    while (!isSettled[to]) {
      const next = queue.pop()!
      if (isSettled[next]) continue
      isSettled[next] = 1
      visitNeighbours(next)
    }
    const way = [to]
    while (way[way.length - 1] !== start) way.push(before[way[way.length - 1]])
    return way.reverse()
  }
}

/** What costs least comes first: a binary heap. */
function createQueue() {
  const items: number[] = []
  const costs: number[] = []
  const swap = (a: number, b: number) => {
    ;[items[a], items[b]] = [items[b], items[a]]
    ;[costs[a], costs[b]] = [costs[b], costs[a]]
  }
  return {
    push(item: number, cost: number): void {
      let at = items.push(item) - 1
      costs.push(cost)
      for (let parent = (at - 1) >> 1; at > 0 && costs[parent] > costs[at]; at = parent, parent = (at - 1) >> 1) swap(at, parent)
    },
    pop(): number | undefined {
      if (items.length === 0) return undefined
      swap(0, items.length - 1)
      const first = items.pop()!
      costs.pop()
      for (let at = 0; ;) {
        const [left, right] = [2 * at + 1, 2 * at + 2]
        let least = at
        if (left < items.length && costs[left] < costs[least]) least = left
        if (right < items.length && costs[right] < costs[least]) least = right
        if (least === at) return first
        swap(at, least)
        at = least
      }
    },
  }
}
