import { useCallback, useRef, type PointerEvent } from 'react'
import type { AxesBox } from '../../../charts/Chart.tsx'
import { placeOn, type PlotArea } from '../../../charts/plotArea.ts'
import { placeOfThreshold, type ShownModel, type ThresholdState } from '../../../state/analysis/threshold.ts'
import { useFrame } from './useFrame.ts'
import { useThreshold } from './useThreshold.ts'

/** The threshold as a line across a chart whose x axis it lies on; a hand may drag it. */
export function LineOverlay({
  shown,
  box,
  area,
  withHandle,
}: {
  shown: ShownModel
  box: AxesBox
  area: PlotArea
  withHandle: boolean
}) {
  const thresholdStore = useThreshold()
  const line = useRef<SVGGElement>(null)
  const write = useCallback(
    (state: ThresholdState) => {
      if (state.shown !== shown) return
      const place = placeOn(area.x, placeOfThreshold(state), box.width)
      // Below all and above all it stands at the edge of the chart.
      line.current!.setAttribute('transform', `translate(${Math.max(0, Math.min(box.width, place))} 0)`)
    },
    [shown, box, area],
  )
  useFrame(write)
  const drag = (event: PointerEvent<SVGGElement>) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId)
    else if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const share = (event.clientX - event.currentTarget.ownerSVGElement!.getBoundingClientRect().left) / box.width
    thresholdStore.getState().moveTo(area.x[0] + share * (area.x[1] - area.x[0]))
  }
  return (
    <svg className="chartOver" style={{ left: box.left, top: box.top, width: box.width, height: box.height }} aria-hidden>
      <g ref={line} className="slide" data-testid="threshold-line" onPointerDown={drag} onPointerMove={drag}>
        <rect x={-14} width={28} height={box.height} className="reach" />
        <line y2={box.height} className="thresholdLine" />
        {withHandle && <circle cy={box.height} r={5} className="handle" />}
      </g>
    </svg>
  )
}
