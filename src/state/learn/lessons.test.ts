import { expect, test, vi } from 'vitest'
import { countDone, createLessonsStore, isLessonDone, lessonCards, lessonNames } from './lessons.ts'

function madeAnswers(kept?: unknown) {
  let value = kept
  return {
    get: async () => value,
    change: async (_: string, change: (before: unknown) => unknown) => void (value = change(value)),
    read: () => value,
  }
}

test('each lesson has at most six cards, each once', () => {
  for (const lesson of lessonNames) {
    expect(lessonCards[lesson].length).toBeLessThanOrEqual(6)
    expect(new Set(lessonCards[lesson]).size).toBe(lessonCards[lesson].length)
  }
})

test('what is done is found by the next session, and a lesson that is begun anew is not done', async () => {
  const answers = madeAnswers()
  const store = createLessonsStore(answers, vi.fn())
  for (const card of lessonCards.leakage) store.getState().finish('leakage', card, '0.5')
  store.getState().finish('roc', 'steps', 'up')
  await vi.waitFor(() => expect(answers.read()).toMatchObject({ roc: { steps: 'up' } }))
  const next = createLessonsStore(answers, vi.fn())
  await next.getState().resume()
  const { progress } = next.getState()
  expect([countDone('roc', progress), isLessonDone('roc', progress), isLessonDone('leakage', progress)]).toEqual([1, false, true])
  next.getState().forget('leakage')
  expect(countDone('leakage', next.getState().progress)).toBe(0)
})

test('what another tab did meanwhile stays', async () => {
  const answers = madeAnswers()
  const [one, other] = [createLessonsStore(answers, vi.fn()), createLessonsStore(answers, vi.fn())]
  one.getState().finish('roc', 'steps', 'up')
  other.getState().finish('cutoffs', 'screening', 'lower')
  await vi.waitFor(() => expect(answers.read()).toEqual({ roc: { steps: 'up' }, cutoffs: { screening: 'lower' } }))
})

test('what the browser does not keep is told', async () => {
  const onNotKept = vi.fn()
  const store = createLessonsStore({ get: () => Promise.reject(new Error('a')), change: () => Promise.reject(new Error('b')) }, onNotKept) // prettier-ignore
  await store.getState().resume()
  store.getState().finish('roc', 'steps', 'up')
  await vi.waitFor(() => expect(onNotKept).toHaveBeenCalledTimes(2))
})
