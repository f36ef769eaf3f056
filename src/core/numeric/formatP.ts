/** As the paper prints P: three digits, and "<0.001" below; empty when undefined. */
export function formatP(p: number): string {
  if (Number.isNaN(p)) return ''
  return p < 0.001 ? '<0.001' : p.toFixed(3)
}
