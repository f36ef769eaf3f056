/** Every number in a result with the way to it and its 64 bits; every other value as text. One line each. */
export function listBits(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return [`${path} = ${bitsOf(value)}`]
  if (value === null || typeof value !== 'object') return [`${path} = ${String(value)}`]
  const entries = ArrayBuffer.isView(value) ? Object.entries(Array.from(value as Float64Array)) : Object.entries(value)
  return entries.flatMap(([key, part]) => listBits(part, `${path}/${key}`))
}

const view = new DataView(new ArrayBuffer(8))

/** Of a NaN the sign and payload are no number's business: engines choose them freely. */
function bitsOf(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  view.setFloat64(0, value)
  return `${view.getBigUint64(0).toString(16).padStart(16, '0')} (${value})`
}
