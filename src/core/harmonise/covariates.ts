import { refuse } from './messages.ts'

/** What is known of a patient beside the features and must survive harmonisation, by patient ID. */
export type Covariate =
  | { readonly name: string; readonly kind: 'numeric'; readonly valueOf: ReadonlyMap<string, number> }
  | { readonly name: string; readonly kind: 'factor'; readonly valueOf: ReadonlyMap<string, string> }

/** How a covariate became numbers: itself, or a 0/1 column for each level but the first (R's treatment contrasts). */
export type CovariateCode =
  | { readonly name: string; readonly kind: 'numeric' }
  | { readonly name: string; readonly kind: 'factor'; readonly levels: readonly string[] }

/** Levels in the order of their code units, so that no language setting changes the base level. */
export function codeCovariates(covariates: readonly Covariate[], ids: readonly string[]): CovariateCode[] {
  return covariates.map((covariate) => {
    if (covariate.kind === 'numeric') return { name: covariate.name, kind: 'numeric' }
    return {
      name: covariate.name,
      kind: 'factor',
      levels: [...new Set(ids.map((id) => String(requireValue(covariate, id))))].sort(),
    }
  })
}

/** The names of the coded columns: `age`, `field strength=3` ... */
export function codedNames(codes: readonly CovariateCode[]): string[] {
  return codes.flatMap((code) =>
    code.kind === 'numeric' ? [code.name] : code.levels.slice(1).map((level) => `${code.name}=${level}`),
  )
}

/**
 * The coded columns of some patients, one array a column.
 * @throws DataError when a covariate is not given, a patient has no value, or a level was not seen when the code was made
 */
export function encodeCovariates(
  codes: readonly CovariateCode[],
  covariates: readonly Covariate[],
  ids: readonly string[],
): Float64Array[] {
  return codes.flatMap((code) => {
    const covariate = covariates.find(({ name }) => name === code.name)
    if (covariate?.kind !== code.kind) throw refuse('covariate-not-given', { kind: code.kind, name: code.name })
    const values = ids.map((id) => requireValue(covariate, id))
    if (code.kind === 'numeric') return [Float64Array.from(values as number[])]
    const unknown = values.findIndex((value) => !code.levels.includes(value as string))
    if (unknown >= 0)
      throw refuse('covariate-level-unknown', { name: code.name, id: ids[unknown], found: values[unknown], levels: code.levels })
    return code.levels.slice(1).map((level) => Float64Array.from(values, (value) => (value === level ? 1 : 0)))
  })
}

/**
 * The outcome as covariate would carry the labels into the features.
 * @param outcomeOf 0 or 1 by patient ID
 * @throws DataError when a covariate says the same as the outcome for every patient that has both
 */
export function refuseOutcomeAsCovariate(covariates: readonly Covariate[], outcomeOf: ReadonlyMap<string, number>): void {
  for (const { name, valueOf } of covariates) {
    const valuesByOutcome: [Set<unknown>, Set<unknown>] = [new Set(), new Set()]
    for (const [id, outcome] of outcomeOf) if (valueOf.has(id)) valuesByOutcome[outcome === 1 ? 1 : 0].add(valueOf.get(id))
    const [negative, positive] = valuesByOutcome
    if (negative.size === 1 && positive.size === 1 && ![...negative].some((value) => positive.has(value)))
      throw refuse('covariate-is-outcome', { name })
  }
}

function requireValue({ name, kind, valueOf }: Covariate, id: string): number | string {
  const value = valueOf.get(id)
  if (value === undefined || value === '' || (kind === 'numeric' && !Number.isFinite(value)))
    throw refuse('covariate-missing', { name, id, value: value === undefined || value === '' ? 'missing' : String(value), kind })
  return value
}
