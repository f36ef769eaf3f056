import { expect, it, vi } from 'vitest'

it('how regions are drawn is found again in the next session, and the viewer in hand is told', async () => {
  localStorage.clear()
  const { handStore } = await import('./hand.ts')
  expect(handStore.getState().maskStyle).toBe('fill')
  const told: string[] = []
  const viewer = {
    on: () => () => undefined,
    getState: () => ({ cursor: null }),
    setMaskStyle: (style: string) => told.push(style),
  }
  handStore.getState().attachViewer(viewer as unknown as Parameters<ReturnType<typeof handStore.getState>['attachViewer']>[0])
  handStore.getState().setMaskStyle('outline')
  expect(told).toEqual(['outline'])
  vi.resetModules()
  expect((await import('./hand.ts')).handStore.getState().maskStyle).toBe('outline')
})
