import { Button } from '@mantine/core'
import { nameExclusion } from '../../messages/en/clinical.ts'
import { study as english } from '../../messages/en/ui/study.ts'
import { clinicalWords } from '../../messages/words/clinicalWords.ts'
import { studyWords } from '../../messages/words/studyWords.ts'
import { downloadFile } from '../../state/actions/downloadFile.ts'
import type { StudyView } from '../../state/viewStudy.ts'
import { formatCount } from '../shared/formatNumber.ts'
import { Notice } from '../shared/Notice.tsx'
import { flowChartSvg, layOutFlow, lineHeight, type FlowBox } from './layOutFlow.ts'
import type { ShownNumber } from './NumberedPatients.tsx'
import { listFlow, tellFlow } from './tellFlow.ts'

interface FlowCardProps {
  readonly view: StudyView
  readonly onShow: (shown: ShownNumber) => void
}

/** As the chart leaves the page. */
const inFiles = { flow: english.flow, nameExclusion }

/** From the patients found to the cohorts; each number opens its list. Where it does not add up, nothing of it is saved. */
export function FlowCard({ view, onShow }: FlowCardProps) {
  const words = studyWords()
  const inWords = { flow: words.flow, nameExclusion: clinicalWords().nameExclusion }
  const nodes = tellFlow(view, inWords)
  const layout = layOutFlow(nodes)
  const told = listFlow(nodes, inWords)
  const { wrong, excluded } = view.traced
  const isWrong = wrong.length > 0
  const { width, height, boxes, lines } = layout
  const [found, out] = [view.patients.length, excluded.length]
  const saveChart = () => {
    const inEnglish = tellFlow(view, inFiles)
    downloadFile('flow-chart.svg', flowChartSvg(layOutFlow(inEnglish), listFlow(inEnglish, inFiles)), 'image/svg+xml')
  }
  const saveTable = async () => {
    const { formatTable } = await import('../../io/tables/tableFile.ts')
    const labels = new Map(view.patients.map(({ id, label }) => [id, label]))
    const rows = excluded.map(({ id, reasons: [first, ...also] }) => [labels.get(id)!, nameExclusion(first), also.map(nameExclusion).join('; ')]) // prettier-ignore
    downloadFile('exclusions.csv', formatTable(['label', 'reason', 'also'], rows), 'text/csv')
  }
  return (
    <section className="card flowCard" aria-label={words.flowChart}>
      <header>
        <h2>{words.flowChart}</h2>
        {!isWrong && (
          <span className="dim">{words.sumsChecked(formatCount(found), formatCount(found - out), formatCount(out))}</span>
        )}
        <span className="grow" />
        <Button size="compact-xs" disabled={isWrong} onClick={saveChart}>
          SVG
        </Button>
        <Button size="compact-xs" disabled={isWrong || out === 0} onClick={() => void saveTable()}>
          {words.tableOfExclusions}
        </Button>
      </header>
      {isWrong && (
        <Notice kind="error">
          {words.wrongSums(wrong.map((id) => nodes.find((node) => node.id === id)?.box.lines[0].text).join(', '))}
        </Notice>
      )}
      <svg
        className="studyFlow"
        style={{ width: width + 2 }}
        viewBox={`-1 -1 ${width + 2} ${height + 2}`}
        role="group"
        aria-label={words.flowOfPatients}
      >
        <defs>
          <marker id="flow-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
            <path d="M0 0L8 4L0 8z" className="arrowHead" />
          </marker>
        </defs>
        {lines.map(({ path, hasArrow }) => (
          <path key={path} className="flowLine" d={path} markerEnd={hasArrow ? 'url(#flow-arrow)' : undefined} />
        ))}
        {boxes.map((box) => (
          <Box key={box.id} box={box} isWrong={wrong.includes(box.id)} onShow={onShow} />
        ))}
      </svg>
      <details>
        <summary>{words.chartAsList}</summary>
        <ul>
          {told.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </details>
    </section>
  )
}

function Box({ box, isWrong, onShow }: { box: FlowBox; isWrong: boolean; onShow: FlowCardProps['onShow'] }) {
  const { x, y, width, height, tone, lines } = box
  const [title] = lines
  return (
    <g className={`flowBox ${isWrong ? 'wrong' : tone}`}>
      <rect x={x} y={y} width={width} height={height} rx={6} />
      {lines.map((line, i) => {
        const { patients, rows, text, y: at } = line
        const named = i === 0 ? text : studyWords().ofBox(title.text, text)
        return (
          <g key={i} className={i === 0 ? 'title' : 'detail'}>
            {rows.map((row, k) => (
              <text key={k} x={x + 12} y={at + k * lineHeight}>
                {row}
              </text>
            ))}
            {patients && <Count x={x + width - 12} y={at} title={named} patients={patients} onShow={onShow} />}
          </g>
        )
      })}
    </g>
  )
}

interface CountProps extends ShownNumber {
  readonly x: number
  readonly y: number
  readonly onShow: FlowCardProps['onShow']
}

function Count({ x, y, title, patients, onShow }: CountProps) {
  const text = (
    <text x={x} y={y} textAnchor="end">
      {formatCount(patients.length)}
    </text>
  )
  if (patients.length === 0) return text
  const show = () => onShow({ title, patients })
  return (
    <g
      className="count"
      role="button"
      tabIndex={0}
      aria-label={studyWords().showWho(title, patients.length)}
      onClick={show}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        show()
      }}
    >
      <rect x={x - 44} y={y - 15} width={50} height={20} rx={4} />
      {text}
    </g>
  )
}
