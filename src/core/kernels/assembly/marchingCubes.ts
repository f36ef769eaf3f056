import { F64s } from './views'

/*
 * Surface of a binary mask by marching cubes (Lorensen and Cline 1987), every crossing at the middle of its edge.
 *
 * Corner b of a cube stands at (z, y, x) = 000, 001, 011, 010, 100, 101, 111, 110; its case is the sum of 2^b over the
 * corners inside. Edges 0-3 are 01 12 23 30, edges 4-7 are 45 56 67 74, edges 8-11 are 04 15 26 37.
 * As in PyRadiomics, the cases with corner 7 inside take the triangles of the opposite case, turned round. At ambiguous
 * faces that leaves small holes: the volume then depends on where the first voxel stands, so positions count too.
 */

/** Triangles of cases 0-127: three edges each, four bits an edge from the lowest on, closed by 15. */
const triangles = memory.data<u64>([
  0xf, 0xf380, 0xf910, 0xf189381, 0xfa21, 0xfa21380, 0xf920a29, 0xf89a8a2382, 0xf2b3, 0xf0b82b0, 0xfb32091, 0xfb89b912b1,
  0xf3ab1a3, 0xfab8a801a0, 0xf9ab9b3093, 0xfb8aa89, 0xf874, 0xf437034, 0xf748910, 0xf137174914, 0xf748a21, 0xfa21403743,
  0xf748209a29, 0xf4973727929a2, 0xf2b3748, 0xf40242b74b, 0xfb32748109, 0xf1292b9b49b74, 0xf487ab31a3, 0xf4b7401b41ab1,
  0xf30bab9b09874, 0xfab99b4b74, 0xf459, 0xf380459, 0xf051450, 0xf513538458, 0xf459a21, 0xf594a21803, 0xf204245a25,
  0xf8434535235a2, 0xfb32459, 0xf594b802b0, 0xfb32510450, 0xf584b82852512, 0xf45931ab3a, 0xfab81a8180594, 0xf30bab5b05045,
  0xfb8aa85845, 0xf975879, 0xf375359039, 0xf751710870, 0xf753351, 0xf21a759879, 0xf37503505921a, 0xf25a758528208, 0xf7533525a2,
  0xf2b3987597, 0xfb72029279759, 0xf751871810b32, 0xf51771b12b, 0xfb3a31a758859, 0xf0aba010b7905075, 0xf07570805a30b0ab,
  0xf5b75ab, 0xf56a, 0xf6a5380, 0xf6a5109, 0xf6a5891381, 0xf162561, 0xf803621561, 0xf620609569, 0xf823625285895, 0xf56ab32,
  0xf56a02b80b, 0xf6a5b32910, 0xfb892b92916a5, 0xf315356b36, 0xf6b51505b0b80, 0xf9505606306b3, 0xf89bb96956, 0xf8746a5,
  0xfa56374034, 0xf7486a5091, 0xf49737179156a, 0xf874156216, 0xf743403625521, 0xf620560509748, 0xf962695923497937,
  0xf56a4872b3, 0xfb720242746a5, 0xf6a5b32874910, 0xf6a54b7b492b9129, 0xf6b51535b3748, 0xfb404b7b016b5b15, 0xf74836b630560950,
  0xf9b7974b96956, 0xfa4694a, 0xf380a946a4, 0xf04606a10a, 0xfa16468618138, 0xf462421941, 0xf462942921803, 0xf624420,
  0xf624428238, 0xf32b46a94a, 0xf6a4a94b82280, 0xfa164606102b3, 0xf1b8b12184a16146, 0xf36b319639469, 0xf14641916b0181b8,
  0xf4600636b3, 0xf86b846, 0xfa98a876a7, 0xfa76a907a0370, 0xf0818717a176a, 0xf37117a76a, 0xf768981861621, 0xf937390976192962,
  0xf206607087, 0xf276237, 0xf76898a86ab32, 0xf7a9a76790b72702, 0xfb32a767a1871081, 0xf17616a71b12b, 0xf63136b619768698,
  0xf76b190, 0xf06b0b3607087, 0xf6b7,
])

/** Middle of each edge as half steps (0, 1, 2) along z, y, x. */
const edgeMiddles = memory.data<u8>([0, 0, 1, 0, 1, 2, 0, 2, 1, 0, 1, 0, 2, 0, 1, 2, 1, 2, 2, 2, 1, 2, 1, 0, 1, 0, 0, 1, 0, 2, 1, 2, 2, 1, 2, 0])

const lastCorner = 128
const allInside: u64 = 0x0101010101010101
/** Bits of the left corners of a cube (0, 3, 4, 7). */
const leftColumn: i32 = 0b10011001

/**
 * Counts the cubes of each case and sums their positions, all as exact integers.
 * @param mask (nx, ny, nz) bytes of 0 or 1 with an empty border.
 * @param tally 256 x 4 float64: number of cubes, sum of z, of y, of x.
 */
export function tallyCubes(mask: usize, nx: i32, ny: i32, nz: i32, tally: usize): void {
  memory.fill(tally, 0, 256 * 4 * 8)
  const row = <usize>nx
  const slice = row * <usize>ny
  for (let z = 0; z < nz - 1; z++) {
    for (let y = 0; y < ny - 1; y++) {
      const near = mask + slice * <usize>z + row * <usize>y
      let left: i32 = columnAt(near, row, slice)
      let x = 1
      while (x < nx) {
        const at = near + <usize>x
        // Eight columns at once where all are outside or all are inside.
        if (x + 8 <= nx) {
          const a = load<u64>(at)
          const b = load<u64>(at + row)
          const c = load<u64>(at + slice)
          const d = load<u64>(at + slice + row)
          if ((left === 0 && (a | b | c | d) === 0) || (left === leftColumn && (a & b & c & d) === allInside)) {
            x += 8
            continue
          }
        }
        const right = columnAt(at, row, slice)
        // The right corners 1, 2, 5, 6 of this cube are the left corners 0, 3, 4, 7 of the next.
        const cube = left | ((right & 0b00010001) << 1) | ((right & 0b10001000) >> 1)
        if (cube !== 0 && cube !== 255) {
          const entry = changetype<F64s>(tally + (<usize>cube << 5))
          entry[0] += 1
          entry[1] += <f64>z
          entry[2] += <f64>y
          entry[3] += <f64>(x - 1)
        }
        left = right
        x++
      }
    }
  }
}

@inline
function columnAt(at: usize, row: usize, slice: usize): i32 {
  return <i32>load<u8>(at) | (<i32>load<u8>(at + row) << 3) | (<i32>load<u8>(at + slice) << 4) | (<i32>load<u8>(at + slice + row) << 7)
}

/**
 * Area and signed volume (about the centre of the first voxel) of the surface whose cubes were tallied.
 * @param result 2 float64: area, volume.
 */
export function measureCubes(tally: usize, sx: f64, sy: f64, sz: f64, result: usize): void {
  let area: f64 = 0
  let volume: f64 = 0
  for (let cube = 1; cube < 255; cube++) {
    const entry = changetype<F64s>(tally + (<usize>cube << 5))
    const count = entry[0]
    if (count === 0) continue
    const turned = (cube & lastCorner) !== 0
    let list = load<u64>(triangles + (<usize>(turned ? 255 - cube : cube) << 3))
    let cubeArea: f64 = 0
    let cubeVolume: f64 = 0
    // Twice the area vector: moving a cube by p adds p . area vector / 3 to its volume.
    let normalZ: f64 = 0
    let normalY: f64 = 0
    let normalX: f64 = 0
    for (; (list & 15) !== 15; list >>= 12) {
      const a = edgeMiddles + <usize>((list & 15) * 3)
      const b = edgeMiddles + <usize>(((list >> 4) & 15) * 3)
      const c = edgeMiddles + <usize>(((list >> 8) & 15) * 3)
      const az = half(a, 0, sz)
      const ay = half(a, 1, sy)
      const ax = half(a, 2, sx)
      const uz = half(b, 0, sz) - az
      const uy = half(b, 1, sy) - ay
      const ux = half(b, 2, sx) - ax
      const vz = half(c, 0, sz) - az
      const vy = half(c, 1, sy) - ay
      const vx = half(c, 2, sx) - ax
      const nz = uy * vx - ux * vy
      const ny = ux * vz - uz * vx
      const nx = uz * vy - uy * vz
      cubeArea += Math.sqrt(nz * nz + ny * ny + nx * nx) / 2
      cubeVolume += (az * nz + ay * ny + ax * nx) / 6
      normalZ += nz
      normalY += ny
      normalX += nx
    }
    area += count * cubeArea
    const signed = count * cubeVolume + (entry[1] * sz * normalZ + entry[2] * sy * normalY + entry[3] * sx * normalX) / 6
    volume += turned ? -signed : signed
  }
  store<f64>(result, area)
  store<f64>(result, volume, 8)
}

@inline
function half(edge: usize, axis: usize, spacing: f64): f64 {
  return <f64>load<u8>(edge + axis) * 0.5 * spacing
}

/**
 * Triangles of the surface, each as three vertices that turn about the way out. A vertex is its place on the grid of half voxels,
 * (2 nx - 1, 2 ny - 1, 2 nz - 1), as one number: x fastest.
 * @param mask (nx, ny, nz) bytes of 0 or 1 with an empty border.
 * @param target 3 u32 a triangle, or 0 to count them alone.
 * @returns number of triangles.
 */
export function listTriangles(mask: usize, nx: i32, ny: i32, nz: i32, target: usize): i32 {
  const row = <usize>nx
  const slice = row * <usize>ny
  const X = <u32>(2 * nx - 1)
  const Y = <u32>(2 * ny - 1)
  let count = 0
  for (let z = 0; z < nz - 1; z++) {
    for (let y = 0; y < ny - 1; y++) {
      const near = mask + slice * <usize>z + row * <usize>y
      let left: i32 = columnAt(near, row, slice)
      for (let x = 0; x < nx - 1; x++) {
        const right = columnAt(near + <usize>(x + 1), row, slice)
        const cube = left | ((right & 0b00010001) << 1) | ((right & 0b10001000) >> 1)
        left = right
        if (cube === 0 || cube === 255) continue
        const turned = (cube & lastCorner) !== 0
        let list = load<u64>(triangles + (<usize>(turned ? 255 - cube : cube) << 3))
        const corner = (<u32>(2 * z) * Y + <u32>(2 * y)) * X + <u32>(2 * x)
        for (; (list & 15) !== 15; list >>= 12) {
          if (target !== 0) {
            const at = target + <usize>count * 12
            store<u32>(at, corner + middleOf(list & 15, X, Y))
            store<u32>(at, corner + middleOf((turned ? list >> 4 : list >> 8) & 15, X, Y), 4)
            store<u32>(at, corner + middleOf((turned ? list >> 8 : list >> 4) & 15, X, Y), 8)
          }
          count++
        }
      }
    }
  }
  return count
}

@inline
function middleOf(edge: u64, X: u32, Y: u32): u32 {
  const at = edgeMiddles + <usize>edge * 3
  return (<u32>load<u8>(at) * Y + <u32>load<u8>(at, 1)) * X + <u32>load<u8>(at, 2)
}
