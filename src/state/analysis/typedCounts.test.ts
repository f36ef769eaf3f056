import { expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { EvaluatedStores } from './evaluated.ts'
import { typedCountsOf } from './typedCounts.ts'

const stores = () => ({ scoresStore: createStore(() => ({ table: null as object | null })), studyStore: createStore(() => ({ door: null as { files: object } | null })) }) // prettier-ignore
const typed = (of: ReturnType<typeof stores>) => typedCountsOf(of as unknown as EvaluatedStores)

test('typed counts are of one page, and stay where a study is analysed; a table or a study that is opened takes their place', () => {
  const of = stores()
  const store = typed(of)
  expect(typed(of)).toBe(store)
  expect(typed(stores())).not.toBe(store)
  const files = {}
  store.getState().open(true)
  of.studyStore.setState({ door: { files } })
  expect(store.getState().isOpen).toBe(false)
  store.getState().open(true)
  of.studyStore.setState({ door: { files } })
  of.studyStore.setState({ door: null })
  of.scoresStore.setState({ table: null })
  expect(store.getState().isOpen).toBe(true)
  of.scoresStore.setState({ table: {} })
  expect(store.getState().isOpen).toBe(false)
})
