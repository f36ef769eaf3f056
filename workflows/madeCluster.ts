import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface MadeCluster {
  /** Submits by `sbatch` and waits until nothing of it is queued or runs. @throws Error where SLURM does not take it */
  submit(args: readonly string[], options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }): Promise<void>
  /** Ends its daemons, and waits for that: they write into the folder until then. */
  stop(): Promise<void>
}

/** Jobs look for them here: Snakemake gives them no variables of SLURM. */
const systemSettings = '/etc/slurm/slurm.conf'

/**
 * Test support: a SLURM of one node, this machine, with two processors, that keeps everything but its settings in a folder.
 * @throws Error where SLURM is not installed or this is not root, who alone may start its daemons
 */
export async function startCluster(folder: string): Promise<MadeCluster> {
  if (process.getuid?.() !== 0) throw new Error('SLURM is started by root alone: run this test as root.')
  if (existsSync(systemSettings)) throw new Error(`This machine has a SLURM of its own, see ${systemSettings}: it is left alone.`)
  for (const name of ['state', 'spool', 'log']) mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, 'munge.key'), crypto.getRandomValues(new Uint8Array(1024)), { mode: 0o400 })
  const host = hostname().split('.')[0]
  const settings = {
    ClusterName: 'texeltest',
    SlurmctldHost: `${host}(127.0.0.1)`,
    AuthType: 'auth/munge',
    AuthInfo: `socket=${join(folder, 'munge.socket')}`,
    SlurmUser: 'root',
    SlurmdUser: 'root',
    StateSaveLocation: join(folder, 'state'),
    SlurmdSpoolDir: join(folder, 'spool'),
    SlurmctldLogFile: join(folder, 'log/slurmctld.log'),
    SlurmdLogFile: join(folder, 'log/slurmd.log'),
    SlurmctldPidFile: join(folder, 'slurmctld.pid'),
    SlurmdPidFile: join(folder, 'slurmd.pid'),
    SlurmctldPort: '26817',
    SlurmdPort: '26818',
    // What needs neither control groups nor accounts.
    ProctrackType: 'proctrack/linuxproc',
    TaskPlugin: 'task/none',
    SelectType: 'select/cons_tres',
    SelectTypeParameters: 'CR_Core',
    AccountingStorageType: 'accounting_storage/none',
    JobAcctGatherType: 'jobacct_gather/none',
    JobCompType: 'jobcomp/none',
    MailProg: '/bin/true',
    ReturnToService: '2',
    SchedulerParameters: 'sched_interval=2,bf_interval=2',
    NodeName: `${host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=7000 State=UNKNOWN`,
    PartitionName: `main Nodes=${host} Default=YES MaxTime=INFINITE State=UP`,
  }
  writeFileSync(systemSettings, Object.entries(settings).map(([name, value]) => `${name}=${value}\n`).join('')) // prettier-ignore
  const munge = [
    'key-file=munge.key',
    'socket=munge.socket',
    'pid-file=munged.pid',
    'log-file=log/munged.log',
    'seed-file=munge.seed',
  ]
  const start = (program: string, args: readonly string[]) =>
    run(program, args).catch((cause: unknown) => {
      throw new Error(`${program} does not start: install slurmctld, slurmd, slurm-client and munge. ${String(cause)}`, { cause })
    })
  async function submit(args: readonly string[], options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }) {
    // The job's own --wait looks every 30 seconds after a while.
    const { stdout } = await run('sbatch', ['--parsable', ...args], options)
    const isThere = async () => (await run('squeue', ['--noheader', '--jobs', stdout.trim()])).stdout.trim() !== ''
    while (await isThere()) await wait(200)
  }
  const isAlive = (id: number) => existsSync(`/proc/${id}`)
  async function stop() {
    const ids = ['slurmd', 'slurmctld', 'munged'].map((name) => Number(readFileSync(join(folder, `${name}.pid`), 'utf8')))
    for (const id of ids) process.kill(id)
    while (ids.some(isAlive)) await wait(50)
    rmSync(systemSettings)
  }
  await start('munged', ['--force', ...munge.map((option) => `--${option.replace('=', `=${folder}/`)}`)])
  await start('slurmctld', ['-c'])
  await start('slurmd', ['-c'])
  for (let tries = 0; tries < 100; tries++) {
    const { stdout } = await run('sinfo', ['-h', '-o', '%T']).catch(() => ({ stdout: '' }))
    if (stdout.trim() === 'idle') return { submit, stop }
    await wait(100)
  }
  await stop()
  throw new Error(`SLURM has no idle node after 10 s: ${readFileSync(join(folder, 'log/slurmctld.log'), 'utf8')}`)
}
