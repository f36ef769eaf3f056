import { expect, it } from 'vitest'
import { checkGraphicsMemory } from './checkGraphicsMemory.ts'

/** As in WebGL. */
const codes = { NO_ERROR: 0, INVALID_OPERATION: 0x502, OUT_OF_MEMORY: 0x505, CONTEXT_LOST_WEBGL: 0x9242 } as const

/** A context that gives its notes one by one, the last one for ever. */
function context(...notes: (keyof typeof codes)[]) {
  let asked = 0
  return { ...codes, getError: () => codes[notes[Math.min(asked++, notes.length - 1)]], asked: () => asked }
}

it.each([
  [['NO_ERROR'], null],
  [['OUT_OF_MEMORY', 'NO_ERROR'], 'no memory left'],
  [['INVALID_OPERATION', 'OUT_OF_MEMORY', 'NO_ERROR'], 'no memory left'],
  [['INVALID_OPERATION', 'NO_ERROR', 'OUT_OF_MEMORY'], null],
  [['CONTEXT_LOST_WEBGL'], null],
] as const)('%j', (notes, expected) => {
  const gl = context(...notes)
  if (expected === null) expect(() => checkGraphicsMemory(gl)).not.toThrow()
  else expect(() => checkGraphicsMemory(gl)).toThrow(expected)
  expect(gl.asked()).toBeLessThan(10)
})
