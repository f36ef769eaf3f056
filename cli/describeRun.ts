import type { Limit } from '../workers/limits.node.ts'
import { count } from './count.ts'
import { formatShard, type Shard } from './shard.ts'

export interface RunSize {
  /** What one of them is called, as in 'case'. */
  readonly what: string
  readonly measured: number
  /** More than are measured where this is a part. */
  readonly listed: number
  readonly shard?: Shard
  /** As it was asked for; without it that of the processors. */
  readonly workers?: number
}

/** The first line: what the run does, and with how much of the machine, since a scheduler may have given it a share. */
export function describeRun({ what, measured, listed, shard, workers }: RunSize, processors: Limit, memory: Limit): string {
  const by = (limit: Limit) => (limit.by === 'machine' ? '' : ` (${limit.by})`)
  const all = count(listed, what)
  const share = workers === undefined ? count(processors.amount, 'worker') + by(processors) : count(workers, 'worker')
  return `${shard ? `Shard ${formatShard(shard)}: ${measured} of ${all}` : all}; ${share}, ${(memory.amount / 2 ** 30).toFixed(1)} GiB of memory${by(memory)}.`
}
