import { joinPanels, withResolution } from '../../../io/results/figureFile.ts'
import type { ReportFigure } from '../../../io/results/reportFigures.ts'
import type { WordPicture } from '../../../io/results/wordFile.ts'
import type { PrintedAs } from '../charts/PrintSize.tsx'
import { packFiles } from '../evaluate/packFiles.ts'

/** Of a page's own pixels, 96 an inch. */
const scale = 300 / 96
/** As wide as two stand beside each other in Word. */
const widest = 300

/** SVGs as pictures of 300 dpi. @throws Error where the browser cannot draw one */
export async function drawPictures(panels: readonly string[]): Promise<ReadonlyMap<string, WordPicture>> {
  const pictures = new Map<string, WordPicture>()
  for (const svg of panels) pictures.set(svg, await drawPicture(svg))
  return pictures
}

/** Each figure with all its panels as a file of its own, in a ZIP. @throws Error where the browser cannot draw one */
export async function zipPrinted(figures: readonly ReportFigure[], { mm, dpi }: PrintedAs): Promise<Uint8Array<ArrayBuffer>> {
  const files: Record<string, Uint8Array> = {}
  for (const [i, { of, panels }] of figures.entries()) {
    const { svg, widthMm, heightMm } = joinPanels(panels, mm)
    const name = `figure-${i + 1}-${of}`
    if (dpi === null) files[`${name}.svg`] = new TextEncoder().encode(svg)
    else {
      const dots = (length: number) => Math.round((length / 25.4) * dpi)
      files[`${name}.png`] = withResolution(await paint(await load(svg), dots(widthMm), dots(heightMm)), dpi)
    }
  }
  return packFiles(files)
}

async function drawPicture(svg: string): Promise<WordPicture> {
  const image = await load(svg)
  const width = Math.min(widest, image.naturalWidth)
  const height = Math.round((width * image.naturalHeight) / image.naturalWidth)
  return { png: await paint(image, Math.round(width * scale), Math.round(height * scale)), width, height }
}

async function load(svg: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  return image
}

async function paint(image: HTMLImageElement, width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  canvas.getContext('2d')!.drawImage(image, 0, 0, width, height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('The browser made no picture of a figure.')
  return new Uint8Array(await blob.arrayBuffer())
}
