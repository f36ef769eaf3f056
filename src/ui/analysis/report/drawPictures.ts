import type { WordPicture } from '../../../io/results/wordFile.ts'

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

async function drawPicture(svg: string): Promise<WordPicture> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const width = Math.min(widest, image.naturalWidth)
  const height = Math.round((width * image.naturalHeight) / image.naturalWidth)
  const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(width * scale), height: Math.round(height * scale) }) // prettier-ignore
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('The browser made no picture of a figure.')
  return { png: new Uint8Array(await blob.arrayBuffer()), width, height }
}
