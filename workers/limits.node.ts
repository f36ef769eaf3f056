import { readFileSync } from 'node:fs'
import { availableParallelism, freemem } from 'node:os'
import { dirname, join } from 'node:path'

/** How much of the machine this process may use, and who says so. */
export interface Limit {
  readonly amount: number
  readonly by: 'machine' | 'SLURM' | 'cgroup'
}

export interface LimitSources {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The text of a file; undefined where there is none. */
  readonly read: (path: string) => string | undefined
  readonly processors: number
  readonly freeBytes: number
}

/** Processors: what SLURM gave the job, the quota of its control groups, and what the system lets it run on; the least of them. */
export function limitProcessors({ env, read, processors }: LimitSources = thisProcess()): Limit {
  const quotas = listGroups('cpu', read).flatMap((group) => cpuQuota(group, read))
  return least([
    { amount: processors, by: 'machine' },
    ...given(slurmProcessors(env)).map((amount): Limit => ({ amount, by: 'SLURM' })),
    // Half a processor is still a worker.
    ...quotas.map((amount): Limit => ({ amount: Math.max(1, Math.floor(amount)), by: 'cgroup' })),
  ])
}

/** Memory in bytes: what is free, what SLURM gave the job, and what the limits of its control groups leave; the least of them. */
export function limitMemory({ env, read, freeBytes }: LimitSources = thisProcess()): Limit {
  const mebibyte = 2 ** 20
  const perProcessor = given(env.SLURM_MEM_PER_CPU).flatMap((mib) => given(slurmProcessors(env)).map((n) => mib * n))
  return least([
    { amount: freeBytes, by: 'machine' },
    ...[...given(env.SLURM_MEM_PER_NODE), ...perProcessor].map((mib): Limit => ({ amount: mib * mebibyte, by: 'SLURM' })),
    ...listGroups('memory', read)
      .flatMap((group) => memoryLeft(group, read))
      .map((amount): Limit => ({ amount, by: 'cgroup' })),
  ])
}

/** Of a job that asked for none by name, those that it got on this node. */
const slurmProcessors = (env: LimitSources['env']) => env.SLURM_CPUS_PER_TASK ?? env.SLURM_CPUS_ON_NODE

function thisProcess(): LimitSources {
  return { env: process.env, read: readIfThere, processors: availableParallelism(), freeBytes: freemem() }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    // Not every system has control groups, and some do not let everybody look.
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

interface Group {
  readonly version: 1 | 2
  readonly folder: string
}

/**
 * The control groups that hold this process: a limit of any of those above counts too. In a container the path that the kernel tells
 * may lie outside of what is seen there; the root of what is seen is then the container's own group.
 */
function listGroups(controller: 'cpu' | 'memory', read: LimitSources['read']): Group[] {
  const root = '/sys/fs/cgroup'
  const lines = (read('/proc/self/cgroup') ?? '').split('\n').map((line) => /^\d+:([^:]*):(.*)$/.exec(line))
  return lines.flatMap((line) => {
    if (!line) return []
    const [, controllers, path] = line
    if (controllers === '') return upwards(path).map((folder): Group => ({ version: 2, folder: join(root, folder) }))
    if (!controllers.split(',').includes(controller)) return []
    return upwards(path).flatMap((folder) => [controllers, controller].map((name): Group => ({ version: 1, folder: join(root, name, folder) }))) // prettier-ignore
  })
}

const upwards = (path: string): string[] => (path === '/' || path === '.' ? ['/'] : [path, ...upwards(dirname(path))])

/** In processors; none where there is no quota. */
function cpuQuota({ version, folder }: Group, read: LimitSources['read']): number[] {
  const [quota, period] = version === 2
    ? (read(join(folder, 'cpu.max')) ?? '').trim().split(' ')
    : [read(join(folder, 'cpu.cfs_quota_us')), read(join(folder, 'cpu.cfs_period_us'))]
  return given(quota).flatMap((allowed) => given(period).map((whole) => allowed / whole))
} // prettier-ignore

/** In bytes; files that are only kept in memory while nobody needs it do not count as used. */
function memoryLeft({ version, folder }: Group, read: LimitSources['read']): number[] {
  const [most, now, kept] = version === 2
    ? ['memory.max', 'memory.current', 'inactive_file']
    : ['memory.limit_in_bytes', 'memory.usage_in_bytes', 'total_inactive_file']
  const ofFile = (name: string) => given(read(join(folder, name)))
  const cached = Number(new RegExp(`^${kept} (\\d+)$`, 'm').exec(read(join(folder, 'memory.stat')) ?? '')?.[1] ?? 0)
  return ofFile(most).flatMap((limit) => ofFile(now).map((used) => Math.max(0, limit - (used - cached))))
} // prettier-ignore

/** None for what is no number above 0: 'max', '-1', nothing. */
function given(text: string | undefined): number[] {
  const number = Number(text ?? '')
  return number > 0 && Number.isFinite(number) ? [number] : []
}

/** The first of equal ones. */
function least(limits: readonly Limit[]): Limit {
  return limits.reduce((least, limit) => (limit.amount < least.amount ? limit : least))
}
