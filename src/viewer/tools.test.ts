// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, test } from 'vitest'
import { isEditing, isLooking, mayTake, toolNames, toolRow } from './tools.ts'

const source = fileURLToPath(new URL('../', import.meta.url))

/** Files of the screens that name something; not their tests. */
function filesThatName(word: RegExp): string[] {
  return ['viewer', 'state', 'ui'].flatMap((room) =>
    readdirSync(join(source, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
      .filter((file) => word.test(readFileSync(join(source, room, file), 'utf8')))
      .map((file) => join(room, file)),
  )
}

describe('a tool is one row of data', () => {
  it.each([
    ['scissors', /scissors/i],
    ['ruler', /ruler/i],
  ])('%s: its row, what it does, its picture and its panel are four files', (_, word) => {
    expect(filesThatName(word).sort()).toEqual(
      ['ui/roi/SketchPanels.tsx', 'ui/roi/toolParts.ts', 'viewer/sketchTools.ts', 'viewer/tools.ts'].map((file) => join(file)),
    )
  })
})

test('what draws is laid aside while a mask is reviewed or strokes are drawn; what looks and measures is not', () => {
  const takes = (mayDraw: boolean, isDrawingStrokes: boolean) =>
    toolNames.filter((tool) => mayTake(tool, { mayDraw, isDrawingStrokes }))
  expect(takes(false, false)).toEqual(['cursor', 'window', 'pan', 'zoom', 'ruler'])
  expect(toolNames.filter((tool) => !takes(true, true).includes(tool))).toEqual(['grow'])
  expect(toolNames.filter((tool) => isLooking(tool) && isEditing(toolRow(tool).drag))).toEqual([])
})
