import { proxy } from 'comlink'

/**
 * What a worker may tell while it works. Progress comes through a port of its own, which no order binds to the answer's: what
 * arrives after the answer would make finished work look as if it ran.
 * @returns the function to send, and the one to call when the answer is there
 */
export function progressUntilDone<Told extends unknown[]>(onProgress: (...told: Told) => void) {
  let isDone = false
  const report = (...told: Told) => {
    if (!isDone) onProgress(...told)
  }
  const done = () => {
    isDone = true
  }
  return { report: proxy(report), done }
}
