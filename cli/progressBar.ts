import { SingleBar } from 'cli-progress'

export interface ProgressBar {
  /** @param done and total in the same unit; total 0 while it is unknown */
  update(done: number, total: number, step: string): void
  /** Prints a line without breaking the bar. */
  say(line: string): void
  stop(): void
}

/** A bar on stderr if that is a terminal; elsewhere only what is said is printed. */
export function createProgressBar(stream: NodeJS.WriteStream = process.stderr): ProgressBar {
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
