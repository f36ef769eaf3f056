/** A float as Python prints it (`repr`): shortest digits, always with a point or an exponent. */
export function formatPythonFloat(x: number): string {
  if (Number.isNaN(x)) return 'nan'
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf'
  const size = Math.abs(x)
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [digits, exponent] = x.toExponential().split('e')
    const sign = exponent[0] === '-' ? '-' : '+'
    return `${digits}e${sign}${exponent.slice(1).padStart(2, '0')}`
  }
  if (Object.is(x, -0)) return '-0.0'
  return Number.isInteger(x) ? `${x}.0` : `${x}`
}

/** Numbers as a Python tuple: `(1.0, 1.0, 2.5)`, or `(45, 120, 21)` for integers. */
export function formatPythonTuple(values: readonly number[], kind: 'float' | 'integer'): string {
  return `(${values.map(kind === 'float' ? formatPythonFloat : String).join(', ')})`
}
