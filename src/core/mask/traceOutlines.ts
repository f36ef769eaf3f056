/** A closed line through the corners of voxels, in voxel indexes: a voxel's centre is a whole number. The last point is joined to the first. */
export type Outline = readonly (readonly [x: number, y: number])[]

interface Loop {
  points: [number, number][]
  readonly isHole: boolean
}

/**
 * Outlines of the voxels of one slice, along the voxels' edges: they enclose exactly the area of the voxels. Voxels that touch at a
 * corner only are apart. A hole belongs to the line around it, which reaches it by a channel without width (the keyhole that DICOM asks
 * of closed contours): filled by any rule, and by readers that know of no holes, the lines give the voxels back.
 * No centre of a voxel is nearer to a line than a quarter of a voxel.
 * @param voxels of the slice, x fastest; everything but 0 is inside
 */
export function traceOutlines(voxels: Uint8Array, [nx, ny]: readonly [nx: number, ny: number]): Outline[] {
  const loops = traceLoops(voxels, nx, ny)
  const outer = loops.filter(({ isHole }) => !isHole)
  const top = ({ points }: Loop) => Math.min(...points.map(([, y]) => y))
  // From the top: what lies above a hole is joined already, whatever that is.
  const holes = loops.filter(({ isHole }) => isHole).sort((a, b) => top(a) - top(b))
  for (const hole of holes) joinHole(hole, outer)
  return outer.map(({ points }) => points)
}

/** Steps along the edges of voxels: right, down, left, up; the voxels are to the right of the way. */
const steps = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const

function traceLoops(voxels: Uint8Array, nx: number, ny: number): Loop[] {
  const inside = (x: number, y: number) => x >= 0 && x < nx && y >= 0 && y < ny && voxels[x + nx * y] !== 0
  // The edges that leave each corner, one bit a direction.
  const leaving = new Uint8Array((nx + 1) * (ny + 1))
  const corner = (x: number, y: number) => x + (nx + 1) * y
  for (let y = 0; y < ny; y++) {
    for (let x = 0; x < nx; x++) {
      if (voxels[x + nx * y] === 0) continue
      if (!inside(x, y - 1)) leaving[corner(x, y)] |= 1
      if (!inside(x + 1, y)) leaving[corner(x + 1, y)] |= 2
      if (!inside(x, y + 1)) leaving[corner(x + 1, y + 1)] |= 4
      if (!inside(x - 1, y)) leaving[corner(x, y + 1)] |= 8
    }
  }
  const loops: Loop[] = []
  for (let y = 0; y <= ny; y++) {
    for (let x = 0; x <= nx; x++) {
      // Every loop has an edge to the right: the others are met on the way.
      if (leaving[corner(x, y)] & 1) loops.push(followLoop(leaving, nx, x, y))
    }
  }
  return loops
}

/** Takes the edges of one loop away. Where two ways lead on, it stays with its voxel. */
function followLoop(leaving: Uint8Array, nx: number, startX: number, startY: number): Loop {
  const points: [number, number][] = []
  let [x, y, direction, before, twiceArea] = [startX, startY, 0, -1, 0]
  for (;;) {
    leaving[x + (nx + 1) * y] &= ~(1 << direction)
    if (direction !== before) points.push([x - 0.5, y - 0.5])
    before = direction
    const [dx, dy] = steps[direction]
    twiceArea += x * dy - y * dx
    x += dx
    y += dy
    const next = [direction + 1, direction, direction + 3].map((turn) => turn % 4).find((turn) => leaving[x + (nx + 1) * y] & (1 << turn)) // prettier-ignore
    if (next === undefined) break
    direction = next
  }
  return { points, isHole: twiceArea < 0 }
}

/** Joins a hole to what is above its upper edge, a quarter of a voxel beside the centres. */
function joinHole(hole: Loop, outer: readonly Loop[]): void {
  const { points } = hole
  const topY = Math.min(...points.map(([, y]) => y))
  const at = points.findIndex(([, y], i) => y === topY && points[(i + 1) % points.length][1] === topY)
  const x = Math.min(points[at][0], points[(at + 1) % points.length][0]) + 0.25
  let target: { loop: Loop; edge: number; y: number } | undefined
  for (const loop of outer) {
    loop.points.forEach(([x0, y], edge) => {
      const [x1, y1] = loop.points[(edge + 1) % loop.points.length]
      if (y !== y1 || y >= topY || (x - x0) * (x - x1) >= 0) return
      if (!target || y > target.y) target = { loop, edge, y }
    })
  }
  if (!target) throw new Error('A hole without a line around it.')
  const around = [...points.slice(at + 1), ...points.slice(0, at + 1)]
  const channel: [number, number][] = [[x, target.y], [x, topY], ...around, [x, topY], [x, target.y]]
  target.loop.points.splice(target.edge + 1, 0, ...channel)
}
