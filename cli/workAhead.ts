/**
 * Works on items some ahead of the one whose outcome is waited for.
 * @param atOnce items in work, that one among them
 * @returns gives the outcome of the next item each time it is called; undefined after the last
 */
export function workAhead<Item, Outcome>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Outcome>,
): () => Promise<Outcome> | undefined {
  const begun: Promise<Outcome>[] = []
  let next = 0
  return () => {
    for (; begun.length < atOnce && next < items.length; next++) {
      const outcome = work(items[next])
      // Told when its turn comes, if it comes.
      outcome.catch(() => {})
      begun.push(outcome)
    }
    return begun.shift()
  }
}
