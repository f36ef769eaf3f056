import { expect, it } from 'vitest'
import { createHandStore } from './hand.ts'

function memory() {
  const kept = new Map<string, string>()
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) }
}

it('how regions are drawn is found again in the next session, and the viewer in hand is told', () => {
  const storage = memory()
  const hand = createHandStore(storage)
  expect(hand.getState().maskStyle).toBe('fill')
  const told: string[] = []
  const viewer = {
    on: () => () => undefined,
    getState: () => ({ cursor: null }),
    setMaskStyle: (style: string) => told.push(style),
  }
  hand.getState().attachViewer(viewer as unknown as Parameters<ReturnType<typeof hand.getState>['attachViewer']>[0])
  hand.getState().setMaskStyle('outline')
  expect(told).toEqual(['outline'])
  expect(createHandStore(storage).getState().maskStyle).toBe('outline')
})
