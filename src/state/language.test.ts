import { afterEach, expect, it } from 'vitest'
import { loadLanguage, speakIn, type Language } from '../messages/language.ts'
import { say } from '../messages/say.ts'
import type { Translation } from '../messages/translation.ts'
import { createLanguageStore } from './language.ts'

afterEach(() => speakIn(null))

const nothing = { step: 'state', code: 'copy-outside', values: { to: 'T2' } }

function makeStore(load: (language: Language) => Promise<Translation | null> = loadLanguage) {
  const kept: Language[] = []
  const told: unknown[] = []
  const store = createLanguageStore({ load, keep: (language) => kept.push(language), tellNotLoaded: (error) => told.push(error) }) // prettier-ignore
  return { store, kept, told }
}

it('what somebody chooses is spoken from then on, and kept; what the browser prefers is spoken and not kept', async () => {
  const { store, kept } = makeStore()
  await store.getState().begin('zh')
  expect(store.getState().language).toBe('zh')
  expect(say(nothing)).toMatch(/未复制任何内容/)
  expect(kept).toEqual([])
  await store.getState().choose('en')
  expect(store.getState().language).toBe('en')
  expect(say(nothing)).toMatch(/nothing was copied/)
  await store.getState().choose('zh')
  expect(kept).toEqual(['en', 'zh'])
})

it('where a language cannot be loaded the page speaks as before, and says why', async () => {
  const { store, kept, told } = makeStore(() => Promise.reject(new Error('gone')))
  await store.getState().choose('zh')
  expect(store.getState().language).toBe('en')
  expect([kept, told]).toEqual([[], [new Error('gone')]])
})

it('of two that are chosen while the first is loaded the second holds', async () => {
  let resolve: (translation: Translation | null) => void = () => undefined
  const promise = new Promise<Translation | null>((done) => (resolve = done))
  const { store, kept } = makeStore((language) => (language === 'zh' ? promise : Promise.resolve(null)))
  const first = store.getState().choose('zh')
  await store.getState().choose('en')
  resolve(await loadLanguage('zh'))
  await first
  expect(store.getState().language).toBe('en')
  expect(say(nothing)).toMatch(/nothing was copied/)
  expect(kept).toEqual(['en'])
})
