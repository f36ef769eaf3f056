import { describe, expect, it } from 'vitest'
import { createWheelCounter, createWheelSpeed, dragAction, mouseHints, startTool, wheelAction } from './mouse.ts'

const none = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false }
const [left, middle, right] = [0, 1, 2]

describe('dragAction', () => {
  it('moves the cursor in ITK-SNAP and the window in a PACS', () => {
    expect(dragAction(left, none, startTool('itk-snap'), 'itk-snap')).toBe('cursor')
    expect(dragAction(left, none, startTool('pacs'), 'pacs')).toBe('window')
  })

  it('pans with the middle and zooms with the right button, whatever the tool', () => {
    expect(dragAction(middle, none, 'brush', 'itk-snap')).toBe('pan')
    expect(dragAction(right, none, 'cursor', 'itk-snap')).toBe('zoom')
    expect(dragAction(right, none, 'brush', 'pacs')).toBe('zoom')
  })

  it('erases with the right button while painting as in ITK-SNAP', () => {
    expect(dragAction(left, none, 'brush', 'itk-snap')).toBe('paint')
    expect(dragAction(right, none, 'brush', 'itk-snap')).toBe('erase')
    expect(dragAction(left, none, 'eraser', 'pacs')).toBe('erase')
  })

  it('pans and zooms on laptops with a held key', () => {
    expect(dragAction(left, { ...none, shiftKey: true }, 'brush', 'pacs')).toBe('pan')
    expect(dragAction(left, { ...none, altKey: true }, 'cursor', 'itk-snap')).toBe('pan')
    expect(dragAction(left, { ...none, ctrlKey: true }, 'brush', 'pacs')).toBe('zoom')
    expect(dragAction(left, { ...none, metaKey: true }, 'brush', 'pacs')).toBe('zoom')
    expect(dragAction(3, none, 'brush', 'pacs')).toBeUndefined()
  })
})

it('gives the wheel to slices, zoom or brush', () => {
  expect(wheelAction(none, 'brush')).toBe('slice')
  expect(wheelAction({ ...none, ctrlKey: true }, 'brush')).toBe('zoom')
  expect(wheelAction({ ...none, shiftKey: true }, 'eraser')).toBe('brushSize')
  expect(wheelAction({ ...none, shiftKey: true }, 'cursor')).toBe('slice')
})

it('counts one step a notch, and collects the small moves of a touch pad', () => {
  const count = createWheelCounter()
  const wheel = (deltaY: number, deltaMode = 0, deltaX = 0) => count({ deltaX, deltaY, deltaMode })
  expect([wheel(120), wheel(-100), wheel(480), wheel(3, 1), wheel(0, 0, 100)]).toEqual([1, -1, 1, 1, 1])
  expect([wheel(15), wheel(15), wheel(15), wheel(-30), wheel(-30)]).toEqual([0, 0, 1, 0, -1])
})

it('goes several slices a step where a hand turns the wheel fast, and one where it turns back or slowly', () => {
  const slicesOf = createWheelSpeed()
  expect([
    slicesOf(1, 1000),
    slicesOf(1, 1100),
    slicesOf(1, 1125),
    slicesOf(1, 1135),
    slicesOf(-1, 1140),
    slicesOf(-1, 1150),
    slicesOf(-1, 1250),
  ]).toEqual([1, 1, 2, 4, 1, 4, 1])
})

it('erases with the other end of a pen, with every tool that draws', () => {
  for (const preset of ['itk-snap', 'pacs'] as const) {
    expect(dragAction(5, none, 'brush', preset)).toBe('erase')
    expect(dragAction(5, none, 'polygon', preset)).toBe('outlineErase')
    expect(dragAction(5, none, 'cursor', preset)).toBeUndefined()
  }
})

it('hints at erasing only where the right button does it', () => {
  const gestures = (preset: 'itk-snap' | 'pacs') => mouseHints(preset).map(({ gesture }) => gesture)
  expect(gestures('itk-snap')).toContain('Right drag, while painting')
  expect(gestures('pacs')).not.toContain('Right drag, while painting')
})
