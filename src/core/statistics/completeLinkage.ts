/** A merge of two clusters: how far apart they were, and their items, the left ones first. */
interface Cluster {
  readonly items: readonly number[]
  /** The number of the merge that made it; -1 for a single item. */
  readonly made: number
}

/**
 * The order in which agglomerative clustering by complete linkage draws its items, as R's `hclust(method = "complete")$order`: at each
 * merge the tighter cluster stands left (a single item is tightest, two items keep their order), so that what is alike stands together.
 * Equal distances go to the earlier pair.
 * @param distance row by row, `count` x `count`, symmetric, finite
 * @returns every item from 0 to count - 1 once
 */
export function orderByLinkage(distance: ArrayLike<number>, count: number): number[] {
  const between = Float64Array.from(distance)
  // A cluster stands where its first item stood.
  const clusters = new Map<number, Cluster>(Array.from({ length: count }, (_, i) => [i, { items: [i], made: -1 }]))
  for (let merge = 0; merge < count - 1; merge++) {
    const alive = [...clusters.keys()]
    let [first, second] = [alive[0], alive[1]]
    for (const [at, i] of alive.entries())
      for (const j of alive.slice(at + 1)) if (between[i * count + j] < between[first * count + second]) [first, second] = [i, j]
    const [a, b] = [clusters.get(first)!, clusters.get(second)!]
    const [left, right] = b.made < a.made ? [b, a] : [a, b]
    clusters.set(first, { items: [...left.items, ...right.items], made: merge })
    clusters.delete(second)
    for (const k of clusters.keys()) {
      const farther = Math.max(between[first * count + k], between[second * count + k])
      between[first * count + k] = farther
      between[k * count + first] = farther
    }
  }
  return clusters.size === 0 ? [] : [...clusters.get(0)!.items]
}
