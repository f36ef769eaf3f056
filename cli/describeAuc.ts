import type { AucEstimate } from '../src/core/evaluate/delong.ts'

/** With DeLong's interval, or Newcombe's where DeLong's has no width. */
export function describeAuc({ auc, interval, degenerate, newcombe }: AucEstimate): string {
  const digits = (value: number) => (Number.isNaN(value) ? 'not defined' : value.toFixed(3))
  const { lower, upper } = degenerate ? newcombe : interval
  return `AUC ${digits(auc)} (${digits(lower)} to ${digits(upper)}, ${degenerate ? 'Newcombe' : 'DeLong'})`
}
