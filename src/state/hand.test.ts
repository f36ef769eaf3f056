import { expect, it } from 'vitest'
import { createHandStore } from './hand.ts'

it('how regions are drawn, and by whose habits, is kept, and the viewer in hand is told', () => {
  const kept: unknown[] = []
  const hand = createHandStore({ hands: 'pacs', maskStyle: 'fill' }, (name, value) => kept.push([name, value]))
  expect(hand.getState().preset).toBe('pacs')
  expect(hand.getState().maskStyle).toBe('fill')
  const told: string[] = []
  const viewer = {
    on: () => () => undefined,
    getState: () => ({ cursor: null }),
    setMaskStyle: (style: string) => told.push(style),
    setPreset: () => undefined,
  }
  hand.getState().attachViewer(viewer as unknown as Parameters<ReturnType<typeof hand.getState>['attachViewer']>[0])
  hand.getState().setMaskStyle('outline')
  expect(told).toEqual(['outline'])
  hand.getState().setPreset('itk-snap')
  expect(kept).toEqual([['maskStyle', 'outline'], ['hands', 'itk-snap']]) // prettier-ignore
})
