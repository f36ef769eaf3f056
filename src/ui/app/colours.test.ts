// @vitest-environment node
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('app.css', import.meta.url), 'utf8')

/** The variables of the first block that begins with `selector`. */
function coloursOf(selector: string): Readonly<Record<string, string>> {
  const from = css.indexOf(`${selector} {`)
  const block = css.slice(from, css.indexOf('}', from))
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, colour]) => [name, colour]))
}

const luminance = (colour: string) =>
  [1, 3, 5].reduce((sum, at, i) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255
    const linear = value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    return sum + [0.2126, 0.7152, 0.0722][i] * linear
  }, 0)

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const dark = coloursOf(':root')
const light = coloursOf(":root[data-mantine-color-scheme='light']")

test('the light has every colour of the dark', () => {
  expect(Object.keys(light).sort()).toEqual(Object.keys(dark).sort())
  expect(Object.keys(light).length).toBeGreaterThan(15)
})

test.each([
  ['dark', dark],
  ['light', light],
])('%s: text is read on every ground, marks and frames of a state are seen', (_, colours) => {
  for (const ground of ['ground', 'panel', 'raised'])
    for (const text of ['text', 'dim', 'teal', 'roi', 'safe', 'warn', 'loss', 'later'])
      expect(contrast(colours[text], colours[ground]), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
  expect(contrast(colours.text, colours['teal-deep'])).toBeGreaterThanOrEqual(7)
  for (const drawn of ['negative', 'model', 'mark', 'safe', 'warn', 'loss', 'teal'])
    expect(contrast(colours[drawn], colours.panel), drawn).toBeGreaterThanOrEqual(3)
})

test('what legends of the page show has the colours of the figures', async () => {
  const { darkTheme, lightTheme } = await import('../../charts/theme.ts')
  for (const [colours, theme] of [
    [dark, darkTheme],
    [light, lightTheme],
  ] as const)
    // prettier-ignore
    expect([colours.roi, colours.negative, colours.model]).toEqual([theme.positive, theme.negative, theme.models[0].colour])
})
