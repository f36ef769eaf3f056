/**
 * A result as JSON with all digits of its doubles. JSON has no NaN and no infinity: what is not defined becomes null, and an
 * infinite number the text "Infinity" or "-Infinity".
 */
export function formatJson(result: unknown): string {
  return `${JSON.stringify(result, (_, value: unknown) => (typeof value === 'number' ? writeNumber(value) : value), 1)}\n`
}

function writeNumber(value: number): number | string | null {
  if (Number.isNaN(value)) return null
  return Number.isFinite(value) ? value : String(value)
}
