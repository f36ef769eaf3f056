import { exp } from '../numeric/functions.ts'

/** Signal before contrast; it grows by the part `amplitude` (1 - e^(-t / tauS)) e^(-washOutPerS t). */
export interface Tissue {
  readonly level: number
  readonly amplitude: number
  readonly tauS: number
  readonly washOutPerS: number
}

/** Of a breast on T1-weighted images without fat suppression. */
export const breastTissues = {
  fat: { level: 90, amplitude: 0.03, tauS: 200, washOutPerS: 0 },
  gland: { level: 170, amplitude: 0.35, tauS: 250, washOutPerS: 0 },
  vessel: { level: 150, amplitude: 2.2, tauS: 15, washOutPerS: 0.0025 },
} as const satisfies Record<string, Tissue>

/** Relative enhancement: by how much of its level the signal has grown. */
export function uptakeAt({ amplitude, tauS, washOutPerS }: Tissue, timeS: number): number {
  return amplitude * (1 - exp(-timeS / tauS)) * exp(-washOutPerS * timeS)
}
