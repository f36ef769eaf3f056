/**
 * Waits for many things at once where one after the other would take the time of all, e.g. to read files.
 * @param atOnce so many at most are under way
 * @param work is called in the order of the items
 * @returns what it gave for each item
 */
export async function inFlight<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const lane = async () => {
    while (next < items.length) {
      const index = next++
      results[index] = await work(items[index], index)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane))
  return results
}
