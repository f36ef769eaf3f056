import { SingleBar } from 'cli-progress'
import { Option } from 'commander'

export interface ProgressBar {
  /** @param done and total in the same unit; total 0 while it is unknown */
  update(done: number, total: number, step: string): void
  /** Prints a line without breaking the bar. */
  say(line: string): void
  stop(): void
}

export const progressOption = new Option('--progress <how>', 'plain: a line with the time for each that is done, as log files need it; bar: where there is a terminal').choices(['bar', 'plain']).default('bar') // prettier-ignore

export type HowToProgress = 'bar' | 'plain'

/** A bar on stderr if that is a terminal; elsewhere only what is said is printed, unless lines are asked for. */
export function createProgressBar(how: HowToProgress = 'bar', stream: NodeJS.WriteStream = process.stderr): ProgressBar {
  if (how === 'plain') return createLines(stream)
  if (!stream.isTTY) return { update: () => {}, say: (line) => void stream.write(`${line}\n`), stop: () => {} }
  const bar = new SingleBar({ format: '{bar} {percentage}% {value}/{total} | {step} | {eta_formatted}', hideCursor: true, clearOnComplete: true, stopOnComplete: false, stream, barsize: 24 }) // prettier-ignore
  let started = false
  return {
    update(done, total, step) {
      if (!started) {
        bar.start(total, done, { step })
        started = true
        return
      }
      bar.setTotal(total)
      bar.update(done, { step })
    },
    say(line) {
      if (started) stream.write('\r\x1b[2K')
      stream.write(`${line}\n`)
    },
    stop() {
      if (started) bar.stop()
    },
  }
}

/** A line when more is done than before. */
function createLines(stream: NodeJS.WriteStream): ProgressBar {
  let before: number | undefined
  const say = (line: string) => void stream.write(`${line}\n`)
  return {
    update(done, total, step) {
      if (total === 0) return
      // Where it begins is no progress.
      if (before !== undefined && done > before) say(`${new Date().toISOString()} ${done}/${total} ${step}`)
      before = Math.max(before ?? done, done)
    },
    say,
    stop: () => {},
  }
}
