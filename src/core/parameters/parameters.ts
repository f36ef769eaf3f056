import type { ExtractionPlan } from './plan.ts'
import { planIbsi } from './profiles/ibsi.ts'
import type { IbsiParameters } from './profiles/ibsi/parameters.ts'
import { planExtraction } from './profiles/pyradiomics.ts'
import type { ExtractionParameters } from './profiles/pyradiomics/parameters.ts'

/** What an extraction is asked to compute, by one profile; never by two. */
export type AnyParameters = ExtractionParameters | IbsiParameters

export function isIbsi(parameters: AnyParameters): parameters is IbsiParameters {
  return 'profile' in parameters
}

/** The same of another label of the mask. */
export function withLabel(parameters: AnyParameters, label: number): AnyParameters {
  return isIbsi(parameters)
    ? { ...parameters, settings: { ...parameters.settings, label } }
    : { ...parameters, settings: { ...parameters.settings, label } }
}

export function planOf(parameters: AnyParameters): ExtractionPlan {
  return isIbsi(parameters) ? planIbsi(parameters) : planExtraction(parameters)
}
