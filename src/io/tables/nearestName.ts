/**
 * The known name that a reader most likely meant: the one with the fewest letters changed, capitals not counted.
 * Undefined if none is near: more than a third of its letters differ.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, changes: countChanges(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.changes - b.changes)
  const [best] = ranked
  return best && best.changes <= Math.max(1, best.candidate.length / 3) ? best.candidate : undefined
}

/** Letters added, dropped, replaced, or swapped with their neighbour (optimal string alignment distance). */
function countChanges(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2][j - 2] + 1 : Infinity
      row.push(Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, replaced, swapped))
    }
    rows.push(row)
  }
  return rows[a.length][b.length]
}
