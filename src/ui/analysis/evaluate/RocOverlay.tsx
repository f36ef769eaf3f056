import { useCallback, useLayoutEffect, useMemo, useRef, type PointerEvent } from 'react'
import type { AxesBox } from '../../../charts/Chart.tsx'
import { placeOn } from '../../../charts/plotArea.ts'
import { styleOf } from '../../../charts/theme.ts'
import { findCutoff } from '../../../core/evaluate/cutoffs.ts'
import { vertexAt } from '../../../core/evaluate/readThreshold.ts'
import { shareOf, type ShownModel, type ThresholdState } from '../../../state/analysis/threshold.ts'
import { useChartTheme } from '../charts/useChartTheme.ts'
import { placeOfOther, placesOfRule } from './compareModels.ts'
import { placeOf } from './figures.ts'
import { useFrame } from './useFrame.ts'
import { useThreshold } from './useThreshold.ts'

/**
 * The operating point on the ROC curve, which a hand may drag; a hollow one where the cost of a miss would put it; dots where the other
 * models are read beside it, and the line they share where that is the specificity.
 */
export function RocOverlay({ shown, box, colour }: { shown: ShownModel; box: AxesBox; colour: string }) {
  const thresholdStore = useThreshold()
  const theme = useChartTheme()
  const ring = useRef<SVGGElement>(null)
  const best = useRef<SVGGElement>(null)
  const tangent = useRef<SVGLineElement>(null)
  const { roc } = shown.model
  const vertices = useMemo(
    () =>
      roc.thresholds.map((_, i) => ({
        x: placeOn([0, 1], 1 - roc.specificity[i], box.width),
        y: box.height - placeOn([0, 1], roc.sensitivity[i], box.height),
      })),
    [roc, box],
  )
  const dots = useRef<SVGGElement>(null)
  const shared = useRef<SVGLineElement>(null)
  const others = useMemo(() => shown.cohort.models.filter(({ model }) => model !== shown.model.model), [shown])
  /** Of each dot, the vertex that it is drawn at; new where the picture is. */
  const drawnAt = useRef<(number | null | undefined)[]>([])
  const sharedShown = useRef<boolean>(undefined)
  useLayoutEffect(() => {
    drawnAt.current = []
    sharedShown.current = undefined
  }, [vertices, others, box])
  /** Kept while the rule is the same: it is no work of a frame. */
  const byRule = useRef<{ readonly of: ThresholdState; readonly places: ReturnType<typeof placesOfRule> }>(undefined)
  const write = useCallback(
    (state: ThresholdState) => {
      if (state.shown !== shown) return
      const { x, y } = vertices[state.index]
      ring.current!.setAttribute('transform', `translate(${x} ${y})`)
      const known = byRule.current
      if (!known || ruleParts.some((part) => known.of[part] !== state[part])) byRule.current = { of: state, places: placesOfRule(shown, state) } // prettier-ignore
      others.forEach((other, at) => {
        const dot = dots.current!.children[at]
        const place = placeOfOther(shown, other, state, byRule.current!.places)
        // What stays where it is costs nothing.
        if (drawnAt.current[at] === (place?.index ?? null)) return
        drawnAt.current[at] = place?.index ?? null
        dot.setAttribute('visibility', place === null ? 'hidden' : 'visible')
        if (place === null) return
        const left = placeOn([0, 1], 1 - other.roc.specificity[place.index], box.width)
        const top = box.height - placeOn([0, 1], other.roc.sensitivity[place.index], box.height)
        dot.setAttribute('transform', `translate(${left} ${top})`)
      })
      const isShared = state.compareBy === 'specificity' && others.length > 0
      if (isShared !== sharedShown.current) shared.current!.setAttribute('visibility', isShared ? 'visible' : 'hidden')
      sharedShown.current = isShared
      if (isShared) shared.current!.setAttribute('transform', `translate(${x} 0)`)
      const cost = costPoint(state)
      best.current!.setAttribute('visibility', cost === null ? 'hidden' : 'visible')
      tangent.current!.setAttribute('visibility', cost === null ? 'hidden' : 'visible')
      if (cost === null) return
      const at = vertices[cost.index]
      best.current!.setAttribute('transform', `translate(${at.x} ${at.y})`)
      const slope = (cost.slope * box.height) / box.width
      const [left, right] = [at.y + slope * at.x, at.y - slope * (box.width - at.x)]
      Object.entries({ x1: 0, y1: left, x2: box.width, y2: right }).forEach(([name, value]) =>
        tangent.current!.setAttribute(name, String(value)),
      )
    },
    [vertices, shown, box, others],
  )
  useFrame(write)
  const drag = (event: PointerEvent<SVGGElement>) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId)
    else if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const { left, top } = event.currentTarget.ownerSVGElement!.getBoundingClientRect()
    thresholdStore.getState().move(nearest(vertices, event.clientX - left, event.clientY - top))
  }
  return (
    <svg className="chartOver" style={{ left: box.left, top: box.top, width: box.width, height: box.height }} aria-hidden>
      <line ref={tangent} className="tangent" />
      <line ref={shared} y2={box.height} className="sharedLine" data-testid="shared-specificity" />
      <g ref={dots} data-testid="roc-others">
        {others.map(({ model }) => (
          <circle key={model} r={4.5} fill={styleOf(theme, placeOf(shown, model)).colour} className="otherPoint" />
        ))}
      </g>
      <g ref={best}>
        <circle r={6} className="hollow" />
      </g>
      <g ref={ring} className="grab" data-testid="roc-ring" onPointerDown={drag} onPointerMove={drag}>
        <circle r={14} className="reach" />
        <circle r={6.5} fill={colour} className="ring" />
      </g>
    </svg>
  )
}

const ruleParts = ['shown', 'rule', 'isOwn', 'prevalence', 'costOfMiss'] as const

/** Where the expected cost is least, and how steep the line of equal cost is; null where a miss costs as much as a false alarm. */
function costPoint(state: ThresholdState): { readonly index: number; readonly slope: number } | null {
  const { shown, costOfMiss } = state
  if (!shown || costOfMiss === 1) return null
  const prevalence = state.prevalence ?? shareOf(shown)
  const cutoff = findCutoff(shown.model.roc, { kind: 'cost', costOfMiss, prevalence })
  if (cutoff.problem !== null) return null
  return { index: vertexAt(shown.distinct, cutoff.threshold), slope: (1 - prevalence) / (costOfMiss * prevalence) }
}

function nearest(vertices: readonly { readonly x: number; readonly y: number }[], x: number, y: number): number {
  let best = 0
  let least = Infinity
  vertices.forEach((vertex, i) => {
    const distance = (vertex.x - x) ** 2 + (vertex.y - y) ** 2
    if (distance < least) [best, least] = [i, distance]
  })
  return best
}
