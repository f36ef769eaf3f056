import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'

describe.each(['release', 'debug'] as const)('kernels, %s build', (build) => {
  it('crops the box asked for, x fastest', async () => {
    const kernels = await loadKernels({ build })
    kernels.scope(() => {
      const [nx, ny, nz] = [4, 3, 2]
      const source = kernels.allocate(nx * ny * nz * 8)
      kernels.f64(source, nx * ny * nz).forEach((_, i, all) => (all[i] = i))
      const target = kernels.allocate(2 * 2 * 1 * 8)
      kernels.exports.cropF64(source, nx, ny, 1, 1, 1, 2, 2, 1, target)
      expect([...kernels.f64(target, 4)]).toEqual([17, 18, 21, 22])
    })
  })

  it('gives memory back when a scope ends, also by an error', async () => {
    const kernels = await loadKernels({ build })
    const first = kernels.scope(() => kernels.allocate(1000))
    expect(() =>
      kernels.scope(() => {
        kernels.allocate(5000)
        throw new Error('stop')
      }),
    ).toThrowSaying('stop')
    expect(kernels.scope(() => kernels.allocate(8))).toBe(first)
  })

  it('gives all of it back at once', async () => {
    const kernels = await loadKernels({ build })
    const first = kernels.allocate(1000)
    kernels.allocate(5000)
    kernels.freeAll()
    expect(kernels.allocate(8)).toBe(first)
  })

  it('grows memory and says how much was missing when it cannot', async () => {
    const kernels = await loadKernels({ build })
    kernels.scope(() => {
      const big = kernels.allocate(40 * 2 ** 20)
      kernels.f64(big, 1)[0] = 1
      expect(() => kernels.allocate(2 ** 33)).toThrowSaying(/8192 MiB more/)
    })
  })
})

it('tells of a kernel that writes past its array', async () => {
  const kernels = await loadKernels({ build: 'debug' })
  expect(() =>
    kernels.scope(() => {
      const target = kernels.allocate(8)
      const source = kernels.allocate(1024)
      kernels.exports.cropF64(source, 16, 1, 0, 0, 0, 16, 1, 1, target)
    }),
  ).toThrowSaying('wrote past the end')
})
