/**
 * Elementary and special functions in plain arithmetic (@stdlib, ports of FreeBSD's libm, Cephes and Boost): the same bits on
 * every engine, which `Math.exp` and its family do not promise.
 */
export { default as betainc } from '@stdlib/math-base-special-betainc'
export { default as betaincinv } from '@stdlib/math-base-special-betaincinv'
export { default as erfc } from '@stdlib/math-base-special-erfc'
export { default as erfcinv } from '@stdlib/math-base-special-erfcinv'
export { default as exp } from '@stdlib/math-base-special-exp'
export { default as expm1 } from '@stdlib/math-base-special-expm1'
export { default as gammainc } from '@stdlib/math-base-special-gammainc'
export { default as gammaln } from '@stdlib/math-base-special-gammaln'
export { default as log } from '@stdlib/math-base-special-ln'
export { default as log1p } from '@stdlib/math-base-special-log1p'
export { default as pow } from '@stdlib/math-base-special-pow'
