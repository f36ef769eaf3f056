/** By size, or texts by their code units: the same on every machine, whatever its language. */
export function compare<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The first of them in that order. */
export function least(texts: readonly string[]): string {
  return texts.reduce((one, other) => (other < one ? other : one))
}
