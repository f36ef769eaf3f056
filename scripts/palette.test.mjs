import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { palette } from '../src/palette.ts'
import { theme } from '../src/ui/app/theme.ts'

test('views, figures and buttons have the colours of the style sheet', () => {
  // The first block: images are read in the dark, which is what figures beside them and views are drawn for.
  const [sheet] = readFileSync('src/ui/app/app.css', 'utf8').split('}')
  const colours = Object.fromEntries([...sheet.matchAll(/^ {2}--([\w-]+): (#[0-9a-f]{6});$/gm)].map((match) => match.slice(1)))
  expect(colours).toMatchObject(palette)
  expect(theme.colors.teal[theme.primaryShade]).toBe(palette.teal)
})
