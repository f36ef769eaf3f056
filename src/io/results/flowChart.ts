import { countCohorts, mapMissing, type CohortCounts } from '../../core/analysis/cohortOverview.ts'
import type { StudyData } from '../../core/analysis/studyData.ts'
import type { Protocol } from '../../core/protocol/protocol.ts'
import type { Say } from '../../core/messages/message.ts'
import { tell, type FlowLine } from './messages.ts'

/** A box of the flow chart, in the order in which they are drawn. */
export interface FlowBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly lines: readonly string[]
}

export interface FlowChart {
  readonly width: number
  readonly height: number
  readonly boxes: readonly FlowBox[]
  /** SVG paths of the lines between them. */
  readonly lines: readonly string[]
}

export interface FlowCounts {
  readonly fileName: string
  /** Null of the study's own patients, who are counted as they were found. */
  readonly rows: number | null
  readonly withoutId: number
  /** Left out by rules, by the reason that counts. */
  readonly excluded: readonly { readonly reason: string; readonly patients: number }[]
  readonly cohorts: readonly CohortCounts[]
  readonly training: string
  /** Left out for a missing value, by cohort. */
  readonly incomplete: ReadonlyMap<string, number>
}

const [boxWidth, gap, lineHeight, padding] = [230, 24, 17, 9]
const heightOf = (lines: readonly string[]) => 2 * padding + lines.length * lineHeight

/** As many characters as a box is wide. */
export const lineLength = 34

function wrap(text: string): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`
    if (lines.length > 0 && longer.length <= lineLength) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

/** From the rows of the table to those who learn and those who are judged; who is left out stands at the right, with the reason. */
export function layOutFlow(
  { fileName, rows, withoutId, excluded, cohorts, training, incomplete }: FlowCounts,
  say: Say,
): FlowChart {
  const told = (of: FlowLine, count: number, positives = 0) => say(tell('flow-line', { of, count, positives }))
  const columns = Math.max(2, cohorts.length)
  const width = columns * boxWidth + (columns - 1) * gap
  const boxes: FlowBox[] = []
  const lines: string[] = []
  const put = (x: number, y: number, texts: readonly string[]) => {
    const box = { x, y, width: boxWidth, height: heightOf(texts), lines: texts }
    boxes.push(box)
    return box
  }
  const unlabelled = cohorts.reduce((sum, cohort) => sum + cohort.unlabelled, 0)
  const total = cohorts.reduce((sum, { patients }) => sum + patients, 0)
  const spine = boxWidth / 2
  const measured = total + excluded.reduce((sum, { patients }) => sum + patients, 0)
  let last = put(0, 0, [fileName, rows === null ? told('found', measured) : told('rows', rows)])
  const down = (texts: readonly string[], excluded: readonly string[] | null) => {
    const y = last.y + last.height + (excluded ? heightOf(excluded) + 2 * 14 : 28)
    if (excluded) {
      const side = put(boxWidth + gap, last.y + last.height + 14, excluded)
      lines.push(`M${spine} ${side.y + side.height / 2}H${side.x}`)
    }
    lines.push(`M${spine} ${last.y + last.height}V${y}`)
    last = put(0, y, texts)
  }
  if (rows !== null) down([told('measured', measured)], withoutId > 0 ? told('without ID', withoutId).split('\n') : null)
  if (excluded.length > 0) down([told('included', total)], excluded.flatMap(({ reason, patients }) => [told('left out', patients), ...wrap(reason)])) // prettier-ignore
  if (unlabelled > 0) down([told('with outcome', total - unlabelled)], told('without outcome', unlabelled).split('\n'))
  const y = last.y + last.height + 40
  cohorts.forEach((cohort, i) => {
    const x = i * (boxWidth + gap)
    const gone = incomplete.get(cohort.cohort) ?? 0
    const count = cohort.positives + cohort.negatives
    put(x, y, [
      cohort.cohort,
      told('cohort', count, cohort.positives),
      ...(gone > 0 ? [told('incomplete', gone)] : []),
      told(cohort.cohort === training ? 'learns' : 'judged', count),
    ])
    lines.push(`M${spine} ${last.y + last.height}V${y - 20}H${x + spine}V${y}`)
  })
  return { width, height: Math.max(...boxes.map((box) => box.y + box.height)), boxes, lines }
}

export const textPlace = (box: FlowBox, line: number) => ({ x: box.x + 12, y: box.y + padding + 13 + line * lineHeight })

/** Of a study whose tables have patients alone: nobody was left out of it before. */
export function countStudyFlow(study: StudyData, protocol: Pick<Protocol, 'cohort' | 'missing'>, fileName: string): FlowCounts {
  return { fileName, rows: null, withoutId: 0, excluded: [], ...countFlowCohorts(study, protocol) }
}

/** Who learns stands first. */
export function countFlowCohorts(study: StudyData, { cohort: { training }, missing }: Pick<Protocol, 'cohort' | 'missing'>): Pick<FlowCounts, 'cohorts' | 'training' | 'incomplete'> {
  const cohorts = countCohorts(study).toSorted((a, b) => Number(b.cohort === training) - Number(a.cohort === training))
  const labelled = missing === 'complete cases' ? mapMissing(study).incomplete.filter((id) => study.outcomeOf.has(id)).map((id) => study.cohortOf.get(id)!) : []
  const incomplete = new Map([...new Set(labelled)].map((cohort) => [cohort, labelled.filter((one) => one === cohort).length]))
  return { cohorts, training, incomplete }
} // prettier-ignore

/** For a paper: light, in one file. */
export function flowChartSvg({ width, height, boxes, lines }: FlowChart): string {
  const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const texts = (box: FlowBox) => box.lines.map((line, i) => `<text x="${textPlace(box, i).x}" y="${textPlace(box, i).y}">${escape(line)}</text>`).join('') // prettier-ignore
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 ${width + 2} ${height + 2}" width="${width}" height="${height}" font-family="Arial, Helvetica, sans-serif" font-size="13">`,
    ...lines.map((path) => `<path d="${path}" fill="none" stroke="#8592a3"/>`),
    ...boxes.map((box) => `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="4" fill="#ffffff" stroke="#4a5361"/>${texts(box)}`), // prettier-ignore
    '</svg>',
    '',
  ].join('\n')
}
