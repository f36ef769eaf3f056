import type { Triple } from '../numeric/voxelArray.ts'

/** How many 26-connected parts a mask (1 inside, order of `volume.ts`) has. */
export function countConnectedComponents(mask: Uint8Array, [nx, ny, nz]: Triple): number {
  const unseen = mask.slice()
  const stack: number[] = []
  let count = 0
  for (let seed = 0; seed < unseen.length; seed++) {
    if (unseen[seed] === 0) continue
    count++
    unseen[seed] = 0
    stack.push(seed)
    while (stack.length > 0) {
      const at = stack.pop()!
      const x = at % nx
      const y = Math.floor(at / nx) % ny
      const z = Math.floor(at / (nx * ny))
      for (let k = Math.max(0, z - 1); k <= Math.min(nz - 1, z + 1); k++) {
        for (let j = Math.max(0, y - 1); j <= Math.min(ny - 1, y + 1); j++) {
          for (let i = Math.max(0, x - 1); i <= Math.min(nx - 1, x + 1); i++) {
            const next = i + nx * (j + ny * k)
            if (unseen[next] === 0) continue
            unseen[next] = 0
            stack.push(next)
          }
        }
      }
    }
  }
  return count
}
