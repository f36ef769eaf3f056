import { expect, test } from 'vitest'
import { limitMemory, limitProcessors, type LimitSources } from './limits.node.ts'

const gibibyte = 2 ** 30

/** A machine of 64 processors with 100 GiB free. */
const machine = (env: LimitSources['env'] = {}, files: Readonly<Record<string, string>> = {}): LimitSources => ({
  env,
  read: (path) => files[path],
  processors: 64,
  freeBytes: 100 * gibibyte,
})

test('without a limit the machine is the limit', () => {
  const files = { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': 'max 100000\n', '/sys/fs/cgroup/memory.max': 'max\n' }
  expect(limitProcessors(machine())).toEqual({ amount: 64, by: 'machine' })
  expect(limitProcessors(machine({}, files))).toEqual({ amount: 64, by: 'machine' })
  expect(limitMemory(machine({}, files))).toEqual({ amount: 100 * gibibyte, by: 'machine' })
})

test('what SLURM gave a job is its share', () => {
  expect(limitProcessors(machine({ SLURM_CPUS_PER_TASK: '4' }))).toEqual({ amount: 4, by: 'SLURM' })
  expect(limitMemory(machine({ SLURM_MEM_PER_NODE: '2048' }))).toEqual({ amount: 2 * gibibyte, by: 'SLURM' })
  expect(limitMemory(machine({ SLURM_MEM_PER_CPU: '1024', SLURM_CPUS_PER_TASK: '4' }))).toEqual({ amount: 4 * gibibyte, by: 'SLURM' }) // prettier-ignore
  expect(limitProcessors(machine({ SLURM_CPUS_ON_NODE: '2' }))).toEqual({ amount: 2, by: 'SLURM' })
  // 0 asks for all there is.
  expect(limitMemory(machine({ SLURM_MEM_PER_NODE: '0' }))).toEqual({ amount: 100 * gibibyte, by: 'machine' })
  expect(limitProcessors(machine({ SLURM_CPUS_PER_TASK: '128' }))).toEqual({ amount: 64, by: 'machine' })
})

test('a limit of a control group above the own one counts, as SLURM sets it on the job', () => {
  const job = '/sys/fs/cgroup/system.slice/slurmstepd.scope/job_7'
  const files = {
    '/proc/self/cgroup': '0::/system.slice/slurmstepd.scope/job_7/step_0/user/task_0\n',
    [`${job}/cpu.max`]: '350000 100000\n',
    [`${job}/memory.max`]: String(3 * gibibyte),
    [`${job}/memory.current`]: String(2 * gibibyte),
    [`${job}/memory.stat`]: `anon 5\ninactive_file ${gibibyte}\nactive_file 7\n`,
    [`${job}/step_0/memory.max`]: 'max\n',
  }
  expect(limitProcessors(machine({}, files))).toEqual({ amount: 3, by: 'cgroup' })
  expect(limitMemory(machine({}, files))).toEqual({ amount: 2 * gibibyte, by: 'cgroup' })
})

test('the older control groups, and those of a container, of which only the root is seen', () => {
  const files = {
    '/proc/self/cgroup': '4:memory:/docker/1234\n3:cpu,cpuacct:/docker/1234\n0::/\n',
    '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '50000\n',
    '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
    '/sys/fs/cgroup/memory/memory.limit_in_bytes': String(gibibyte),
    '/sys/fs/cgroup/memory/memory.usage_in_bytes': String(gibibyte / 4),
  }
  expect(limitProcessors(machine({}, files))).toEqual({ amount: 1, by: 'cgroup' })
  expect(limitMemory(machine({}, files))).toEqual({ amount: 0.75 * gibibyte, by: 'cgroup' })
})

test('this very process has a limit of both', () => {
  expect(limitProcessors().amount).toBeGreaterThanOrEqual(1)
  expect(limitMemory().amount).toBeGreaterThan(0)
})
