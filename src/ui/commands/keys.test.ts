import { describe, expect, it } from 'vitest'
import { commandForKey, isInScope, keysOf, keyTable, nameKey, writeKey, type KeyPress } from './keys.ts'
import type { Preset } from '../../viewer/index.ts'

const presets: Preset[] = ['itk-snap', 'pacs']
const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...held,
})
const shift = { shiftKey: true }
const ctrl = { ctrlKey: true }

describe.each(presets)('key table, %s', (preset) => {
  it.each(['views', 'list'] as const)('gives no key twice in the %s', (scope) => {
    const all = keyTable.filter(({ group }) => isInScope(group, scope)).flatMap(({ keys }) => [...keys[preset]])
    expect(all.filter((key, at) => all.indexOf(key) !== at)).toEqual([])
  })

  it('gives every command a key that reaches it', () => {
    for (const { id, keys, group } of keyTable) {
      const scope = group === 'Work list' ? 'list' : 'views'
      expect(keys[preset].length).toBeGreaterThan(0)
      for (const key of keys[preset]) {
        const name = /(?:^|\+)(\+|[^+]+)$/.exec(key)![1]
        const held = { shiftKey: key.includes('Shift+'), ctrlKey: key.includes('Ctrl+'), altKey: key.includes('Alt+') }
        expect(
          commandForKey(press(name === 'Space' ? ' ' : /^[A-Z]$/.test(name) ? name.toLowerCase() : name, held), preset, scope),
        ).toBe(id)
      }
    }
  })
})

it('leaves the tools alone on the work list, and the list’s keys in the views', () => {
  expect(commandForKey(press('4'), 'itk-snap', 'list')).toBeUndefined()
  expect(commandForKey(press('ArrowDown'), 'itk-snap', 'list')).toBe('list.next')
  expect(commandForKey(press('ArrowDown'), 'pacs', 'views')).toBe('slice.next')
  expect(commandForKey(press('N', shift), 'pacs', 'list')).toBe('patients.next')
})

it('follows the hands of each program', () => {
  const snap = (key: string, held?: Partial<KeyPress>) => commandForKey(press(key, held), 'itk-snap')
  const pacs = (key: string, held?: Partial<KeyPress>) => commandForKey(press(key, held), 'pacs')
  expect(['1', '2', '4', 's', 'a', 'd', 'x'].map((key) => snap(key))).toEqual([
    'tool.cursor',
    'tool.zoom',
    'tool.brush',
    'mask.toggle',
    'mask.fainter',
    'mask.stronger',
    'view.annotations',
  ])
  expect([snap('X', shift), snap('PageUp'), snap('ArrowLeft'), snap('ArrowLeft', shift)]).toEqual([
    'view.crosshair',
    'slice.next',
    'cursor.left',
    'cursor.left5',
  ])
  expect([snap('j', ctrl), snap('J', { ...ctrl, ...shift }), snap('f', ctrl)]).toEqual([
    'window.auto',
    'window.reset',
    'view.fit',
  ])
  expect(['b', 'e', 'z', 'l', 'c', 'n', 'p'].map((key) => pacs(key))).toEqual([
    'tool.brush',
    'tool.eraser',
    'tool.zoom',
    'tool.window',
    'tool.cursor',
    'tool.pan',
    'tool.brush',
  ])
  expect([pacs('ArrowDown'), pacs('ArrowUp'), pacs('=')]).toEqual(['slice.next', 'slice.previous', 'view.fit'])
  for (const hand of [snap, pacs]) {
    expect([hand('+', shift), hand(']'), hand('-'), hand('['), hand('?', shift)]).toEqual([
      'brush.larger',
      'brush.larger',
      'brush.smaller',
      'brush.smaller',
      'program.keys',
    ])
    expect([hand('z', ctrl), hand('Z', { ...ctrl, ...shift }), hand('y', ctrl)]).toEqual(['mask.undo', 'mask.redo', 'mask.redo'])
    expect(hand('z', { metaKey: true })).toBe('mask.undo')
    expect(hand('F5')).toBeUndefined()
    expect(hand('s', { ...ctrl, altKey: true })).toBeUndefined()
  }
})

it.each<[Preset, string, string]>([
  ['itk-snap', 'view.crosshair', 'Shift+X'],
  ['itk-snap', 'view.centre', 'C'],
  ['itk-snap', 'view.maximise', '|'],
  ['itk-snap', 'tool.polygon', '3'],
  ['itk-snap', 'tool.ruler', '6'],
  ['itk-snap', 'draw.accept', 'Enter Ctrl+Enter'],
  ['itk-snap', 'draw.back', 'Backspace'],
  ['itk-snap', 'draw.paste', 'Ctrl+V'],
  ['itk-snap', 'stroke.cancel', 'Escape'],
  ['itk-snap', 'brush.larger', '+ = ]'],
  ['itk-snap', 'brush.smaller', '- _ ['],
  ['itk-snap', 'mask.undo', 'Ctrl+Z Z'],
  ['itk-snap', 'mask.redo', 'Ctrl+Shift+Z Ctrl+Y Y'],
  ['itk-snap', 'mask.toggle', 'S G'],
  ['itk-snap', 'second.toggle', 'W'],
  ['itk-snap', 'second.fainter', 'Q'],
  ['itk-snap', 'second.stronger', 'E'],
  ['itk-snap', 'cursor.up5', 'Shift+ArrowUp'],
  ['pacs', 'tool.brush', 'B P'],
  ['pacs', 'tool.polygon', 'G'],
  ['pacs', 'tool.ruler', 'M'],
  ['pacs', 'brush.larger', '] +'],
  ['pacs', 'brush.smaller', '[ -'],
  ['pacs', 'view.fit', '= Space'],
  ['pacs', 'slice.first', 'Home'],
  ['pacs', 'slice.last', 'End'],
  // Those of OHIF; ITK-SNAP's hands have the figures up to 6 for tools.
  ['pacs', 'window.softTissue', '1'],
  ['pacs', 'window.lung', '2'],
  ['pacs', 'window.liver', '3'],
  ['pacs', 'window.bone', '4'],
  ['pacs', 'window.brain', '5'],
  ['itk-snap', 'window.softTissue', '7'],
  ['itk-snap', 'window.brain', 'B'],
  ['itk-snap', 'tool.contour', '5'],
  ['pacs', 'draw.accept', 'Enter'],
  ['pacs', 'stroke.cancel', 'Escape'],
  ['pacs', 'mask.redo', 'Ctrl+Y'],
])('%s: %s has the keys that hands expect, %s', (preset, id, expected) => {
  const keys = keyTable.find((entry) => entry.id === id)?.keys[preset]
  expect(keys).toEqual(expect.arrayContaining(expected.split(' ')))
})

it('knows a letter by its place on keyboards of other scripts', () => {
  expect(nameKey(press('я', { code: 'KeyZ', ...ctrl }))).toBe('Ctrl+Z')
  expect(nameKey(press('é', { code: 'Digit2' }))).toBe('É')
})

it('writes keys for people', () => {
  expect(writeKey(keysOf('cursor.left5', 'itk-snap')[0])).toBe('Shift+←')
  expect(writeKey('Ctrl+Shift+J')).toBe('Ctrl+Shift+J')
  expect([writeKey('+'), writeKey('-'), writeKey('PageUp'), writeKey('Escape')]).toEqual(['+', '−', 'PgUp', 'Esc'])
})
