/** Names of columns, each once: blank ones are `column 3`, repeated ones are told apart. */
export function nameColumns(names: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return names.map((name, at) => {
    const called = name === '' ? `column ${at + 1}` : name
    const times = (seen.get(called) ?? 0) + 1
    seen.set(called, times)
    return times === 1 ? called : `${called} (${times})`
  })
}
