/** A figure as a file for print. */
export interface PrintedFigure {
  readonly svg: string
  readonly widthMm: number
  readonly heightMm: number
}

/** As wide as a panel must be for its letters to be read: a column of a journal has 85 mm. */
const narrowestMm = 80
const gap = 12

/**
 * The panels of a figure in one SVG, in rows of as many as the width holds with letters that can be read. A width in mm is that of the
 * figure as it is printed.
 * @param panels each an SVG of its own with a `viewBox`, as `drawPlot` and `flowChartSvg` make them
 */
export function joinPanels(panels: readonly string[], widthMm: number): PrintedFigure {
  const sizes = panels.map(sizeOf)
  const inRow = Math.min(panels.length, Math.max(1, Math.floor(widthMm / narrowestMm)))
  const rows = Array.from({ length: Math.ceil(panels.length / inRow) }, (_, row) => sizes.slice(row * inRow, (row + 1) * inRow))
  const column = Math.max(...sizes.map(({ width }) => width))
  const heights = rows.map((row) => Math.max(...row.map(({ height }) => height)))
  const width = inRow * column + (inRow - 1) * gap
  const height = heights.reduce((sum, one) => sum + one, 0) + (rows.length - 1) * gap
  const topOf = (row: number) => heights.slice(0, row).reduce((sum, one) => sum + one + gap, 0)
  const placed = panels.map((panel, i) => panel.trim().replace('<svg ', `<svg x="${(i % inRow) * (column + gap)}" y="${topOf(Math.floor(i / inRow))}" `)) // prettier-ignore
  const heightMm = Math.round((100 * widthMm * height) / width) / 100
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthMm}mm" height="${heightMm}mm" viewBox="0 0 ${width} ${height}"><rect width="${width}" height="${height}" fill="#ffffff"/>${placed.join('')}</svg>\n` // prettier-ignore
  return { svg, widthMm, heightMm }
}

function sizeOf(panel: string): { readonly width: number; readonly height: number } {
  const [, width, height] = /^<svg [^>]*viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/.exec(panel)!
  return { width: Number(width), height: Number(height) }
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

/** Of ISO 3309, as PNG has it behind each of its parts. */
function checkSum(bytes: Uint8Array): number {
  return ~bytes.reduce((sum, byte) => table[(sum ^ byte) & 255] ^ (sum >>> 8), ~0) >>> 0
}

/** Signature and header, behind which the resolution stands. */
const pngHead = 8 + 25

/** A PNG that says how many dots an inch it has, so that what lays out a page gives it its width in print. @param png that does not say it yet */
export function withResolution(png: Uint8Array<ArrayBuffer>, dpi: number): Uint8Array<ArrayBuffer> {
  const part = new Uint8Array(21)
  const view = new DataView(part.buffer)
  const perMetre = Math.round(dpi / 0.0254)
  view.setUint32(0, 9)
  part.set(new TextEncoder().encode('pHYs'), 4)
  view.setUint32(8, perMetre)
  view.setUint32(12, perMetre)
  part[16] = 1
  view.setUint32(17, checkSum(part.subarray(4, 17)))
  const told = new Uint8Array(png.length + part.length)
  told.set(png.subarray(0, pngHead))
  told.set(part, pngHead)
  told.set(png.subarray(pngHead), pngHead + part.length)
  return told
}
