import { expect, it, vi } from 'vitest'
import { startWorker, WorkerEnded } from './startWorker.ts'

interface Api {
  answer(): number
}
const start = (more: object = {}) =>
  startWorker<Api>({ remote: { answer: async () => 42 } as never, terminate: () => {}, ...more })
const endless = () => new Promise<never>(() => {})

it('ends what is done for a worker in this thread too, whyever the worker ends', async () => {
  const cancel = new AbortController()
  const lives: AbortSignal[] = []
  const workers = [start(), start(), start()]
  const running = workers.map((worker, i) =>
    worker.run(
      (_, life) => {
        lives.push(life)
        return endless()
      },
      i === 0 ? cancel.signal : undefined,
    ),
  )
  cancel.abort(new Error('cancelled'))
  workers[1].end(new WorkerEnded('files'))
  expect(lives.map(({ aborted }) => aborted)).toEqual([true, true, false])
  await expect(running[0]).rejects.toThrowSaying('cancelled')
  await expect(running[1]).rejects.toBeInstanceOf(WorkerEnded)
  expect(await workers[2].run((api) => api.answer())).toBe(42)
})

it('begins nothing under a signal that is aborted, and leaves the worker alone when one aborts whose work is done', async () => {
  const worker = start()
  const cancel = new AbortController()
  await worker.run((api) => api.answer(), cancel.signal)
  cancel.abort()
  expect(worker.isAlive()).toBe(true)
  const work = vi.fn(endless)
  await expect(worker.run(work, cancel.signal)).rejects.toThrowSaying('aborted')
  expect(work).not.toHaveBeenCalled()
})

it('holds the program while there is work, however that ends, and no longer', async () => {
  const held: boolean[] = []
  const worker = start({ hold: (isBusy: boolean) => held.push(isBusy) })
  await Promise.all([worker.run((api) => api.answer()), worker.run((api) => api.answer())])
  const broken = () => {
    throw new Error('before any call')
  }
  await expect(worker.run(broken)).rejects.toThrowSaying('before any call')
  const cut = worker.run(endless)
  worker.end()
  await expect(cut).rejects.toThrowSaying('aborted')
  expect(held).toEqual([true, false, true, false, true, false])
})

it('has no more to say of one signal under which a hundred calls run', async () => {
  const warnings: Error[] = []
  const note = (warning: Error) => warnings.push(warning)
  process.on('warning', note)
  const cancel = new AbortController()
  const all = Promise.allSettled(Array.from({ length: 100 }, () => start().run(endless, cancel.signal)))
  cancel.abort(new Error('enough'))
  expect((await all).every(({ status }) => status === 'rejected')).toBe(true)
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', note)
  expect(warnings).toEqual([])
})
