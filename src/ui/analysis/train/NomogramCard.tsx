import { Button, NumberInput } from '@mantine/core'
import { useMemo, useRef, useState, type PointerEvent } from 'react'
import { fitLabel } from '../../../charts/plotArea.ts'
import { nomogramProbabilities, roundTicks, withRoom, type Tick } from '../../../charts/nomogramTicks.ts'
import type { LogisticModel } from '../../../core/learn/logistic.ts'
import { makeNomogram, pointsOf, readNomogram, totalAt, type Nomogram, type NomogramAxis } from '../../../core/learn/nomogram.ts'
import { programServer } from '../../../io/programServer.ts'
import { sayError } from '../../../messages/say.ts'
import { formatFixed, formatNumber } from '../../shared/formatNumber.ts'
import { Help } from '../charts/Help.tsx'
import './nomogram.css'

/** The drawing's own units; it is scaled to its place. */
const size = { width: 760, left: 190, right: 24, row: 44, top: 8 }
const inner = size.width - size.left - size.right

export interface NomogramCardProps {
  readonly name: string
  readonly model: LogisticModel
  /** By column of the model, what its axis shows. */
  readonly ranges: readonly (readonly [number, number])[]
  readonly nameOf: (name: string) => string
  /** By column, where the markers stand at first; else in the middle. */
  readonly begin?: ReadonlyMap<string, number>
}

/** A logistic model as a drawing that a person reads with a scale, and here with a marker on every axis. */
export function NomogramCard({ name, model, ranges, nameOf, begin }: NomogramCardProps) {
  const nomogram = useMemo(() => makeNomogram(model, ranges), [model, ranges])
  return (
    <section className="card chartCard nomogramCard" aria-label={`Nomogram of ${name}`}>
      <header>
        <h2>Nomogram</h2>
        <span className="dim ellipsis">{name}; axes from the 1st to the 99th percentile of training</span>
        <span className="grow" />
        <Help title="the nomogram">
          Each value gives points (top line), their sum lies over the probability. Drag a marker or type a value. Values beyond an
          axis count as they are.
        </Help>
      </header>
      {nomogram ? (
        <LiveNomogram key={name} name={name} nomogram={nomogram} nameOf={nameOf} {...(begin && { begin })} />
      ) : (
        <div className="chartEmpty">The model is the prevalence.</div>
      )}
    </section>
  )
}

type LiveNomogramProps = Pick<NomogramCardProps, 'name' | 'nameOf' | 'begin'> & { readonly nomogram: Nomogram }

function LiveNomogram({ name, nomogram, nameOf, begin }: LiveNomogramProps) {
  const { axes } = nomogram
  const drawing = useRef<SVGSVGElement>(null)
  const [values, setValues] = useState(() =>
    axes.map((axis) => begin?.get(axis.name) ?? roundWithin((axis.from + axis.to) / 2, axis.from, axis.to)),
  )
  const [problem, setProblem] = useState<string | null>(null)
  const reading = readNomogram(nomogram, values)
  const most = axes.reduce((sum, axis) => sum + axis.mostPoints, 0)
  const set = (at: number, value: number) => setValues(values.map((before, k) => (k === at ? value : before)))
  const height = size.top + size.row * (axes.length + 3)
  const totalTicks = roundTicks(0, most)
  const onTotal = (points: number) => size.left + (inner * points) / most
  const rowAt = (row: number) => size.top + size.row * (row + 0.55)
  const told = `probability ${formatFixed(reading.probability, 3)}${reading.interval ? `, 95 % interval ${reading.interval.map((end) => formatFixed(end, 3)).join(' to ')}` : ''}`
  const save = (kind: 'copy' | 'svg') => {
    setProblem(null)
    programServer
      .load(() => import('./saveNomogram.ts'))
      .then((files) => (kind === 'copy' ? files.copyEquation(nomogram) : files.saveDrawing(name, drawing.current!)))
      .catch((error: unknown) => setProblem(sayError(error)))
  }
  return (
    <>
      <svg
        ref={drawing}
        className="nomogram"
        viewBox={`0 0 ${size.width} ${height}`}
        role="img"
        aria-label={`Nomogram of ${axes.length} features; ${told}`}
      >
        <Line
          label="Points"
          y={rowAt(0)}
          ticks={roundTicks(0, 100).map((at) => ({ x: size.left + (inner * at) / 100, text: String(at) }))}
          from={size.left}
          to={size.left + inner}
        />
        {axes.map((axis, k) => (
          <FeatureLine
            key={axis.name}
            axis={axis}
            nomogram={nomogram}
            label={nameOf(axis.name)}
            y={rowAt(k + 1)}
            value={values[k]}
            onValue={(value) => set(k, value)}
          />
        ))}
        <Line
          label="Total points"
          y={rowAt(axes.length + 1)}
          ticks={totalTicks.map((at) => ({ x: onTotal(at), text: formatNumber(at, 4) }))}
          from={size.left}
          to={size.left + inner}
        />
        <Line
          label="Probability"
          y={rowAt(axes.length + 2)}
          ticks={nomogramProbabilities.flatMap((p) => {
            const at = totalAt(nomogram, p)
            return at >= 0 && at <= most ? [{ x: onTotal(at), text: String(p) }] : []
          })}
          from={size.left}
          to={size.left + inner}
        />
        {[axes.length + 1, axes.length + 2].map((row) => (
          <path key={row} className="reading" d={markAt(onTotal(Math.max(0, Math.min(most, reading.total))), rowAt(row))} />
        ))}
      </svg>
      <div className="nomogramValues">
        {axes.map((axis, k) => (
          <NumberInput
            key={axis.name}
            size="xs"
            label={fitLabel(nameOf(axis.name), mostLetters)}
            title={axis.name}
            value={values[k]}
            step={roundTicks(axis.from, axis.to, 80)[1] - roundTicks(axis.from, axis.to, 80)[0]}
            {...(reading.outside.includes(axis.name) && { description: `beyond the axis (${formatNumber(axis.from, 3)} to ${formatNumber(axis.to, 3)})` })} // prettier-ignore
            onChange={(value) => typeof value === 'number' && Number.isFinite(value) && set(k, value)}
          />
        ))}
        <p className="nomogramResult" role="status">
          {formatFixed(reading.total, 1)} points: probability <b>{formatFixed(reading.probability, 3)}</b>{' '}
          {reading.interval && <span className="dim">{reading.interval.map((end) => formatFixed(end, 3)).join('–')}</span>}
        </p>
        <Button size="compact-xs" onClick={() => save('copy')}>
          Copy points
        </Button>
        <Button size="compact-xs" onClick={() => save('svg')}>
          SVG
        </Button>
      </div>
      {problem && <p role="alert">Nothing was saved: {problem}</p>}
    </>
  )
}

function Line({ label, y, ticks, from, to }: { label: string; y: number; ticks: readonly Tick[]; from: number; to: number }) {
  return (
    <g>
      <text className="axisName" x={size.left - 12} y={y} dy="0.32em" textAnchor="end">
        {label}
      </text>
      <line className="axis" x1={from} x2={to} y1={y} y2={y} />
      {withRoom(ticks, tickLetter).map(({ x, text }) => (
        <g key={x}>
          <line className="axis" x1={x} x2={x} y1={y} y2={y - 5} />
          <text className="tick" x={x} y={y - 9} textAnchor="middle">
            {text}
          </text>
        </g>
      ))}
    </g>
  )
}

interface FeatureLineProps {
  readonly axis: NomogramAxis
  readonly nomogram: Nomogram
  readonly label: string
  readonly y: number
  readonly value: number
  readonly onValue: (value: number) => void
}

/** Its length is what the feature can do; a negative coefficient turns it round. */
function FeatureLine({ axis, nomogram, label, y, value, onValue }: FeatureLineProps) {
  const { from, to, coefficient } = axis
  const place = (x: number) => size.left + (inner * pointsOf(nomogram, axis, x)) / 100
  const valueAt = (x: number) => {
    const share = Math.max(0, Math.min(1, (x - place(from)) / (place(to) - place(from))))
    return roundWithin(from + share * (to - from), from, to)
  }
  const clamped = Math.max(from, Math.min(to, value))
  const drag = (event: PointerEvent<SVGGElement>) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId)
    else if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const drawing = event.currentTarget.ownerSVGElement!.getBoundingClientRect()
    onValue(valueAt(((event.clientX - drawing.left) / drawing.width) * size.width))
  }
  const room = Math.abs(place(to) - place(from))
  const ticks = coefficient === 0 ? [] : roundTicks(from, to, Math.max(2, Math.min(8, Math.floor(room / 42))))
  return (
    <>
      <Line
        label={fitLabel(label, mostLetters)}
        y={y}
        ticks={ticks.map((at) => ({ x: place(at), text: formatNumber(at, 4) }))}
        from={place(from)}
        to={place(to)}
      />
      <g className="marker" onPointerDown={drag} onPointerMove={drag} data-testid={`marker ${axis.name}`}>
        <rect x={place(clamped) - 14} y={y - 14} width={28} height={28} className="reach" />
        <path className={clamped === value ? 'reading' : 'reading isOutside'} d={markAt(place(clamped), y)} />
      </g>
    </>
  )
}

/** Of the numbers at ticks, 11 px high. */
const tickLetter = 6.2

/** A triangle under a line. */
const markAt = (x: number, y: number) => `M ${x} ${y + 1} l -6 10 h 12 z`

const mostLetters = 25

/** To a three-hundredth of the axis, as digits allow. */
function roundWithin(value: number, from: number, to: number): number {
  const digits = Math.max(0, Math.ceil(-Math.log10((to - from) / 300)))
  return Math.max(from, Math.min(to, Number(value.toFixed(Math.min(12, digits)))))
}
