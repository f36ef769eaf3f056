import { inside } from './convolveAxis'
import { fourierBackward, fourierForward, fourierTwiddles } from './fourier'
import { F64s } from './views'

/** Fourier transform of a slice of pa x pb complex numbers, in place. @param twiddles 16 (pa + pb) bytes, filled here */
export function fourierOfSlice(re: usize, im: usize, pa: i32, pb: i32, twiddles: usize): void {
  fourierTwiddles(pa, twiddles)
  fourierTwiddles(pb, twiddles + (<usize>pa << 4))
  forward(re, im, pa, pb, 0, pb, twiddles)
}

/** Rows `first` to `end` hold something, the others zeros. */
function forward(re: usize, im: usize, pa: i32, pb: i32, first: i32, end: i32, twiddles: usize): void {
  for (let b = first; b < end; b++) {
    const row = <usize>(pa * b) << 3
    fourierForward(re + row, im + row, pa, 1, 1, twiddles)
  }
  fourierForward(re, im, pb, pa, pa, twiddles + (<usize>pa << 4))
}

/**
 * Modulus of the convolution of every slice with complex kernels, pooled over them into `target`: there, at first, zeros. Slices lie along
 * two axes, of na and nb voxels, the first of which are `sa` and `sb` voxels apart; there are ns, `ss` voxels apart.
 * @param spectra of the kernels, each pa x pb: real part, then imaginary part, as `fourierOfSlice` leaves them; their origin is at (0, 0)
 * @param ra, rb how far kernels reach; pa >= na + 2 ra, pb >= nb + 2 rb, of the form 2^a 3^b
 * @param share of a response in the mean that `target` is to hold; 0: it is to hold the greatest
 * @param scratch 32 pa pb bytes; @param twiddles as `fourierOfSlice` left them
 */
export function gaborModulus(
  source: usize, na: i32, sa: i32, nb: i32, sb: i32, ns: i32, ss: i32, boundary: i32, spectra: usize, count: i32, ra: i32, rb: i32, pa: i32, pb: i32,
  share: f64, scratch: usize, twiddles: usize, target: usize,
): void {
  const size = pa * pb
  const bytes = <usize>size << 3
  const re = scratch, im = scratch + bytes, workRe = scratch + 2 * bytes, workIm = scratch + 3 * bytes
  const real = changetype<F64s>(re), imaginary = changetype<F64s>(im)
  const workReal = changetype<F64s>(workRe), workImaginary = changetype<F64s>(workIm)
  const image = changetype<F64s>(source), pooled = changetype<F64s>(target)
  const scale = 1 / f64(size)
  for (let s = 0; s < ns; s++) {
    memory.fill(re, 0, 2 * bytes)
    for (let b = -rb; b < nb + rb; b++) {
      const fromB = inside(b, nb, boundary)
      if (fromB < 0) continue
      const row = pa * (b + rb) + ra
      for (let a = -ra; a < na + ra; a++) {
        const fromA = inside(a, na, boundary)
        if (fromA >= 0) real[row + a] = image[s * ss + fromB * sb + fromA * sa]
      }
    }
    forward(re, im, pa, pb, 0, nb + 2 * rb, twiddles)
    for (let k = 0; k < count; k++) {
      const kernelReal = changetype<F64s>(spectra + 2 * bytes * <usize>k)
      const kernelImaginary = changetype<F64s>(spectra + 2 * bytes * <usize>k + bytes)
      for (let i = 0; i < size; i++) {
        workReal[i] = real[i] * kernelReal[i] - imaginary[i] * kernelImaginary[i]
        workImaginary[i] = real[i] * kernelImaginary[i] + imaginary[i] * kernelReal[i]
      }
      fourierBackward(workRe, workIm, pb, pa, pa, twiddles + (<usize>pa << 4))
      for (let b = 0; b < nb; b++) {
        const row = pa * (b + rb)
        fourierBackward(workRe + (<usize>row << 3), workIm + (<usize>row << 3), pa, 1, 1, twiddles)
        for (let a = 0; a < na; a++) {
          const x = workReal[row + ra + a], y = workImaginary[row + ra + a]
          const modulus = sqrt(x * x + y * y) * scale
          const at = s * ss + b * sb + a * sa
          pooled[at] = share > 0 ? pooled[at] + share * modulus : max(pooled[at], modulus)
        }
      }
    }
  }
}
