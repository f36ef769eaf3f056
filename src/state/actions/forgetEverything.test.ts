import { say } from '../../messages/say.ts'
import { expect, test } from 'vitest'
import { serverIsGone } from '../../io/programServer.ts'
import { takeForgetMark } from '../forgetMark.ts'
import { createForget } from './forgetEverything.ts'

function page(isServerThere = true) {
  const done: string[] = []
  const kept = new Map<string, string>()
  const tabStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  const forget = createForget({
    deletions: { getState: () => ({ refuse: (reason) => void done.push(say(reason)) }) },
    server: { ask: async () => isServerThere },
    announce: () => void done.push('announce'),
    tabStorage,
    reload: () => void done.push('reload'),
    now: () => 1000,
  })
  return { ...forget, done, mark: () => takeForgetMark(tabStorage, 1000) }
}

test('the other tabs are told, the mark is left, and nothing is asked any more', async () => {
  const { forgetEverythingHere, isForgetting, done, mark } = page()
  expect(isForgetting()).toBe(false)
  await forgetEverythingHere()
  expect(done).toEqual(['announce', 'reload'])
  expect(isForgetting()).toBe(true)
  expect(mark()).toBe('here')
})

test('nothing is forgotten while the server is gone, for the page that forgets comes from it', async () => {
  const { forgetEverythingHere, isForgetting, done, mark } = page(false)
  await forgetEverythingHere()
  expect(done).toEqual([say(serverIsGone)])
  expect(isForgetting()).toBe(false)
  expect(mark()).toBeNull()
})

test('a tab that is told ends its work and tells nobody', () => {
  const { forgottenElsewhere, done, mark } = page()
  forgottenElsewhere()
  expect(done).toEqual(['reload'])
  expect(mark()).toBe('elsewhere')
})
