import type { Nomogram } from '../../../core/learn/nomogram.ts'
import { downloadFile, fileNameFrom } from '../../../state/actions/downloadFile.ts'

/** Colours for paper, inside the file: no style sheet goes with it. */
const style =
  '.axis{stroke:#4a5361;stroke-width:1.2}.tick{font:11px Arial,Helvetica,sans-serif;fill:#4a5361}.axisName{font:13px Arial,Helvetica,sans-serif;fill:#16191f}.reading{fill:#00857a}.isOutside{fill:#b02a00}.reach{fill:none}'

export function saveDrawing(name: string, drawing: SVGSVGElement): void {
  const copy = drawing.cloneNode(true) as SVGSVGElement
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  const sheet = document.createElementNS('http://www.w3.org/2000/svg', 'style')
  sheet.textContent = style
  copy.prepend(sheet)
  downloadFile(`${fileNameFrom(`${name}-nomogram`)}.svg`, new XMLSerializer().serializeToString(copy), 'image/svg+xml')
}

/** The drawing as numbers, with all digits: an axis a line. */
export function copyEquation({ axes, start, reach, intercept }: Nomogram): Promise<void> {
  const rows = axes.map(({ name, coefficient, from, to, mostPoints }) => [name, coefficient, from, to, mostPoints].join('\t'))
  const head = ['feature', 'coefficient', 'from', 'to', 'points'].join('\t')
  const sum = `linear predictor = ${start} + total points x ${reach / 100}; intercept ${intercept}`
  return navigator.clipboard.writeText([head, ...rows, sum].join('\n'))
}
