/**
 * Elementary and special functions in plain arithmetic (@stdlib, ports of FreeBSD's libm, Cephes and Boost): the same bits on
 * every engine, which `Math.exp` and its family do not promise.
 *
 * Each is a constant of this file: the bundler names what it passes on from another one in an order of its own, and no two builds
 * would be the same.
 */
import betaincOfStdlib from '@stdlib/math-base-special-betainc'
import betaincinvOfStdlib from '@stdlib/math-base-special-betaincinv'
import erfcOfStdlib from '@stdlib/math-base-special-erfc'
import erfcinvOfStdlib from '@stdlib/math-base-special-erfcinv'
import expOfStdlib from '@stdlib/math-base-special-exp'
import expm1OfStdlib from '@stdlib/math-base-special-expm1'
import gammaincOfStdlib from '@stdlib/math-base-special-gammainc'
import gammalnOfStdlib from '@stdlib/math-base-special-gammaln'
import logOfStdlib from '@stdlib/math-base-special-ln'
import log1pOfStdlib from '@stdlib/math-base-special-log1p'
import powOfStdlib from '@stdlib/math-base-special-pow'

export const betainc = betaincOfStdlib
export const betaincinv = betaincinvOfStdlib
export const erfc = erfcOfStdlib
export const erfcinv = erfcinvOfStdlib
export const exp = expOfStdlib
export const expm1 = expm1OfStdlib
export const gammainc = gammaincOfStdlib
export const gammaln = gammalnOfStdlib
export const log = logOfStdlib
export const log1p = log1pOfStdlib
export const pow = powOfStdlib
