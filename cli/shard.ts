import { InvalidArgumentError } from 'commander'
import { count } from './count.ts'
import { UsageError } from './usageError.ts'

/** One of several parts of a list, counted from 1. */
export interface Shard {
  readonly part: number
  readonly parts: number
}

/** @throws InvalidArgumentError unless the text is k/n */
export function parseShard(text: string): Shard {
  const [, part, parts] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number)
  if (!(part >= 1 && part <= parts)) throw new InvalidArgumentError('Which part of how many was expected, as in 1/4 to 4/4.')
  return { part, parts }
}

export const formatShard = ({ part, parts }: Shard) => `${part}/${parts}`

/**
 * The items of a part, in their order: parts follow each other and differ in size by one item at most.
 * @param what one of them is called
 * @throws UsageError where there are more parts than items: one without any would look like one that is not there yet
 */
export function takeShard<Item>(items: readonly Item[], { part, parts }: Shard, what = 'case'): readonly Item[] {
  if (parts > items.length) throw new UsageError(`${count(items.length, what)} cannot be cut into ${parts} parts.`)
  const start = (k: number) => Math.floor((k * items.length) / parts)
  return items.slice(start(part - 1), start(part))
}
