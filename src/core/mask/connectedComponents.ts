import type { Triple } from '../numeric/voxelArray.ts'

/** Voxels `first` to `last` of one row, and the run that stands for their part. */
interface Run {
  readonly first: number
  readonly last: number
  parent: Run | undefined
}

/** How many 26-connected parts a mask (1 inside, order of `volume.ts`) has: runs along x are joined with those of the rows they touch. */
export function countConnectedComponents(mask: Uint8Array, [nx, ny, nz]: Triple): number {
  const rows: Run[][] = []
  let count = 0
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const runs = findRuns(mask, nx * (y + ny * z), nx)
      rows.push(runs)
      count += runs.length
      if (runs.length === 0) continue
      const earlier = [[y - 1, z], [y - 1, z - 1], [y, z - 1], [y + 1, z - 1]] // prettier-ignore
      for (const [j, k] of earlier) {
        if (j >= 0 && j < ny && k >= 0) count -= joinRuns(runs, rows[j + ny * k])
      }
    }
  }
  return count
}

function findRuns(mask: Uint8Array, start: number, nx: number): Run[] {
  const runs: Run[] = []
  for (let x = 0; x < nx; x++) {
    if (mask[start + x] === 0) continue
    const first = x
    while (x + 1 < nx && mask[start + x + 1] !== 0) x++
    runs.push({ first, last: x, parent: undefined })
  }
  return runs
}

/** Joins the runs of two rows that touch, corners included. @returns by how many the parts have become fewer */
function joinRuns(a: readonly Run[], b: readonly Run[]): number {
  let joined = 0
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i].first <= b[j].last + 1 && b[j].first <= a[i].last + 1) {
      const [one, other] = [rootOf(a[i]), rootOf(b[j])]
      if (one !== other) {
        one.parent = other
        joined++
      }
    }
    if (a[i].last < b[j].last) i++
    else j++
  }
  return joined
}

function rootOf(run: Run): Run {
  while (run.parent) {
    run.parent = run.parent.parent ?? run.parent
    run = run.parent
  }
  return run
}
