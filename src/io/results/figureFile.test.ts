import { deflateSync, crc32 } from 'node:zlib'
import { Window } from 'happy-dom'
import { expect, test } from 'vitest'
import { joinPanels, withResolution } from './figureFile.ts'
import { drawPlot } from './svgPlot.ts'

const panel = drawPlot({ title: 'A', xTitle: 'x', yTitle: 'y', x: [0, 1], y: [0, 1], marks: [], legend: [] }, 'A')

test('a figure is as wide as it was asked for, and holds so many panels in a row that their letters can be read', () => {
  const parse = (svg: string) => new new Window().DOMParser().parseFromString(svg, 'image/svg+xml')
  const placesOf = (svg: string) => [...parse(svg).querySelectorAll('svg > svg[viewBox^="0 0 320"]')].map((one) => [one.getAttribute('x'), one.getAttribute('y')]) // prettier-ignore
  const column = joinPanels([panel, panel, panel], 85)
  expect([column.widthMm, column.heightMm]).toEqual([85, 245.44])
  expect(column.svg).toMatch(/^<svg [^>]*width="85mm" height="245.44mm" viewBox="0 0 320 924"/)
  expect(placesOf(column.svg)).toEqual([['0', '0'], ['0', '312'], ['0', '624']]) // prettier-ignore
  const page = joinPanels([panel, panel, panel], 180)
  expect(page.svg).toContain('width="180mm" height="168.96mm" viewBox="0 0 652 612"')
  expect(placesOf(page.svg)).toEqual([['0', '0'], ['332', '0'], ['0', '312']]) // prettier-ignore
  expect(joinPanels([panel], 120).svg).toContain('viewBox="0 0 320 300"')
})

test('a PNG says its dots an inch, in a part whose check sum is right', () => {
  const part = (name: string, content: Uint8Array) => {
    const named = Buffer.concat([Buffer.from(name), content])
    const bytes = Buffer.alloc(8)
    bytes.writeUInt32BE(content.length)
    bytes.writeUInt32BE(crc32(named), 4)
    return Buffer.concat([bytes.subarray(0, 4), named, bytes.subarray(4)])
  }
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
  const start = Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), part('IHDR', header)])
  const rest = Buffer.concat([part('IDAT', deflateSync(Buffer.from([0, 7]))), part('IEND', Buffer.alloc(0))])
  const resolution = Buffer.from([0, 0, 0x2e, 0x23, 0, 0, 0x2e, 0x23, 1])
  const told = withResolution(Uint8Array.from(Buffer.concat([start, rest])), 300)
  expect(Buffer.from(told)).toEqual(Buffer.concat([start, part('pHYs', resolution), rest]))
})
