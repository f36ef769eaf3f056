import type { FlowLine, FlowText, ToldNode } from './tellFlow.ts'

/** A line of text as it is drawn: long ones go on below. */
interface DrawnLine extends FlowLine {
  readonly y: number
  /** At most as long as the box is wide. */
  readonly rows: readonly string[]
}

export interface FlowBox extends Pick<FlowText, 'tone'> {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly lines: readonly DrawnLine[]
}

export interface FlowChartLayout {
  readonly width: number
  readonly height: number
  readonly boxes: readonly FlowBox[]
  readonly lines: readonly { readonly path: string; readonly hasArrow: boolean }[]
}

const boxWidth = 290
const columnGap = 64
const margin = 16
const indent = 28
const padding = 9
export const lineHeight = 17
/** From one box to the next below. */
const drop = 26
const small = 14
/** Where the line that leads down leaves a box. */
const spine = 13
/** Letters of a row: a number stands beside it. */
const rowLength = 34

/**
 * Places of the boxes by fixed rules: two centres side by side, more below them; whom a centre excludes stands below it; the cohorts come
 * last, each with its tasks. Where each of two centres is a cohort, that stands under its centre; else all lines meet before they part again.
 */
export function layOutFlow(nodes: readonly ToldNode[]): FlowChartLayout {
  const [found, ...others] = nodes
  const centres = others.filter(({ id }) => id.startsWith('centre '))
  const ends = others.filter((node) => !centres.includes(node))
  const isDirect = centres.length === 2 && ends.length === 2 && new Set(centres.flatMap(({ next }) => next)).size === 2 && centres.every(({ next }) => next.length === 1) // prettier-ignore
  const ordered = isDirect ? centres.map(({ next }) => ends.find(({ id }) => id === next[0])!) : ends
  const columns = Math.max(centres.length, ends.length) > 1 ? 2 : 1
  const width = 2 * margin + columns * (boxWidth + indent) + (columns - 1) * columnGap
  const columnX = (column: number, of: number) => of === 1 ? (width - boxWidth - indent) / 2 : margin + column * (boxWidth + indent + columnGap) // prettier-ignore
  const boxes: FlowBox[] = []
  const lines: { path: string; hasArrow: boolean }[] = []
  const put = (id: string, text: FlowText, x: number, y: number, boxOf = boxWidth): FlowBox => {
    const box = { id, ...drawBox(text, y), x, y, width: boxOf, tone: text.tone }
    boxes.push(box)
    return box
  }
  const draw = (path: string, hasArrow = false) => lines.push({ path, hasArrow })

  const top = put(found.id, found.box, (width - boxWidth) / 2, 0)
  const bottomOf = ({ y, height }: FlowBox) => y + height
  const middle = width / 2
  const legs: { readonly x: number; readonly y: number; readonly isLast: boolean; readonly column: number }[] = []
  let y = bottomOf(top) + 2 * drop
  for (let row = 0; 2 * row < centres.length; row++) {
    const own = centres.slice(2 * row, 2 * row + 2)
    const isLast = 2 * (row + 1) >= centres.length
    const ofRow = centres.length === 1 ? 1 : 2
    const bottoms = own.map((centre, column) => {
      const x = columnX(column, ofRow)
      const box = put(centre.id, centre.box, x, y)
      if (ofRow === 1) draw(`M${middle} ${bottomOf(top)}V${y}`, true)
      else if (row === 0) draw(`M${middle} ${bottomOf(top)}V${y - drop}H${x + boxWidth / 2}V${y}`, true)
      else draw(`M${middle} ${bottomOf(top)}V${y + box.height / 2}H${column === 0 ? x + boxWidth : x}`, true)
      if (!centre.excluded) {
        legs.push({ x: x + spine, y: bottomOf(box), isLast, column })
        return bottomOf(box)
      }
      const gone = put(`${centre.id} excluded`, centre.excluded, x + indent, bottomOf(box) + small)
      draw(`M${x + spine} ${bottomOf(box)}V${gone.y + gone.height / 2}H${gone.x}`, true)
      legs.push({ x: x + spine, y: bottomOf(box), isLast, column })
      return bottomOf(gone)
    })
    y = Math.max(...bottoms) + 2 * drop
  }
  const bus = y - drop
  const cohortY = isDirect ? y - drop : y
  const rights: number[] = []
  for (const leg of legs) {
    // A line of an upper row goes round the boxes below it.
    const round = leg.isLast ? leg.x : columnX(leg.column, 2) - small + 2
    if (!isDirect) draw(leg.isLast ? `M${leg.x} ${leg.y}V${bus}` : `M${leg.x} ${leg.y + small / 2}H${round}V${bus}`)
    rights.push(round)
  }
  const starts: number[] = []
  const columnEnds = [cohortY, cohortY]
  ordered.forEach((end, i) => {
    const column = i % 2
    const x = columnX(column, ordered.length === 1 ? 1 : 2)
    const box = put(end.id, end.box, x, columnEnds[column])
    const enter = i < 2 ? x + spine : x - small + 2
    if (isDirect) draw(`M${legs[i].x} ${legs[i].y}V${box.y}`, true)
    else if (i < 2) draw(`M${enter} ${bus}V${box.y}`, true)
    else draw(`M${enter} ${bus}V${box.y + box.height / 2}H${x}`, true)
    starts.push(enter)
    let below = bottomOf(box)
    end.tasks.forEach((task, k) => {
      const own = put(`${end.id} ${k}`, task, x + indent, below + small)
      draw(`M${x + spine} ${bottomOf(box)}V${own.y + own.height / 2}H${own.x}`, true)
      below = bottomOf(own)
    })
    columnEnds[column] = below + 2 * small
  })
  if (!isDirect && legs.length > 0 && starts.length > 0) {
    const all = [...rights, ...starts]
    draw(`M${Math.min(...all)} ${bus}H${Math.max(...all)}`)
  }
  return { width, height: Math.max(...boxes.map(bottomOf)), boxes, lines }
}

function drawBox({ lines }: FlowText, top: number): Pick<FlowBox, 'height' | 'lines'> {
  let y = top + padding + 12
  const drawn = lines.map((line) => {
    const rows = wrap(line.text)
    const placed = { ...line, rows, y }
    y += rows.length * lineHeight
    return placed
  })
  return { lines: drawn, height: y - 12 - top + padding - 3 }
}

/** Breaks between words, and within those that are longer than a row. */
function wrap(text: string): string[] {
  const rows: string[] = []
  for (const word of text.split(/\s+/).flatMap((one) => one.match(new RegExp(`.{1,${rowLength}}`, 'gu')) ?? [])) {
    const last = rows.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= rowLength) rows[rows.length - 1] = `${last} ${word}`
    else rows.push(word)
  }
  return rows
}

const colours: Readonly<Record<FlowText['tone'], readonly [fill: string, stroke: string]>> = {
  plain: ['#ffffff', '#4a5361'],
  excluded: ['#fdf3f2', '#b3261e'],
  cohort: ['#eef8f2', '#1a6e42'],
  open: ['#fdf8ec', '#7a5200'],
}

/** For a paper: light, in one file, its text as text. @param told what it says in words */
export function flowChartSvg({ width, height, boxes, lines }: FlowChartLayout, told: readonly string[]): string {
  const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const write = ({ x, width: own, lines: all }: FlowBox) =>
    all.map(({ rows, y, patients }, i) => {
      const style = i === 0 ? ' font-weight="600"' : ''
      const texts = rows.map((row, k) => `<text x="${x + 12}" y="${y + k * lineHeight}"${style}>${escape(row)}</text>`)
      return [...texts, ...(patients ? [`<text x="${x + own - 12}" y="${y}" text-anchor="end"${style}>${patients.length}</text>`] : [])].join('') // prettier-ignore
    }).join('') // prettier-ignore
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 ${width + 2} ${height + 2}" width="${width}" height="${height}" font-family="Arial, Helvetica, sans-serif" font-size="13">`,
    `<desc>${escape(told.join('; '))}</desc>`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#8592a3"/></marker></defs>',
    ...lines.map(({ path, hasArrow }) => `<path d="${path}" fill="none" stroke="#8592a3"${hasArrow ? ' marker-end="url(#arrow)"' : ''}/>`), // prettier-ignore
    ...boxes.map((box) => `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="4" fill="${colours[box.tone][0]}" stroke="${colours[box.tone][1]}"/>${write(box)}`), // prettier-ignore
    '</svg>',
    '',
  ].join('\n')
}
