/** The first five of a list and how many there are, for messages. */
export function listSome(items: readonly string[], separator = '、'): string {
  const some = items.slice(0, 5).join(separator)
  return items.length > 5 ? `${some} 等 ${items.length} 项` : some
}
