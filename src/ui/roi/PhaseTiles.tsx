import { useCallback, useMemo, useSyncExternalStore, type CSSProperties } from 'react'
import { useStore } from 'zustand'
import type { FoundVolume } from '../../state/images.ts'
import {
  axisVector,
  directionLetters,
  extractSlice,
  greyScaleOf,
  gridPlanes,
  type GreyWindow,
  type Plane,
} from '../../viewer/index.ts'
import { SliceCanvas } from '../shared/SliceCanvas.tsx'
import { useSession } from '../shared/session.ts'

/** Every phase at the slice and through the window of the view that was last under the hand; a click opens one, the wheel goes through the slices. */
export function PhaseTiles() {
  const { goToPhase, handStore, layoutStore, patientsStore, phasesStore, roiStore, seriesInHand } = useSession()
  const open = useStore(roiStore, (state) => state.open)
  useStore(patientsStore, (state) => state.patients)
  useStore(phasesStore, (state) => state.choices)
  const viewer = useStore(handStore, (state) => state.viewer)
  const subscribe = useCallback(
    (tell: () => void) => {
      const stops = [viewer?.on('view', tell), viewer?.on('window', tell)]
      return () => stops.forEach((stop) => stop?.())
    },
    [viewer],
  )
  const plane = viewer?.getState().activePlane ?? 'axial'
  const slice = useSyncExternalStore(subscribe, () => viewer?.getState().views?.[plane].slice)
  const window = useSyncExternalStore(subscribe, () => viewer?.getState().window)
  const series = seriesInHand()
  if (!open || !series || slice === undefined || !window) return null
  const { phases, at } = series
  return (
    <div
      className="tiles"
      role="group"
      aria-label="All phases"
      style={{ gridTemplateColumns: `repeat(${Math.ceil(Math.sqrt(phases.length))}, minmax(0, 1fr))` }}
      onWheel={({ deltaY }) => viewer?.scroll(plane, Math.sign(deltaY))}
    >
      {phases.map((phase, i) => (
        <button
          key={phase.id}
          type="button"
          aria-pressed={i === at}
          onClick={() => void goToPhase(i)}
          onDoubleClick={() => layoutStore.getState().tile(false)}
        >
          {phase.volume.size.every((count, axis) => count === open.image.size[axis]) ? (
            <Tile phase={phase} plane={plane} slice={slice} window={window} />
          ) : (
            <span className="dim">Scanned on another grid: it has no such slice.</span>
          )}
          <p className="ellipsis">
            {i + 1}&ensp;{phase.name}
          </p>
        </button>
      ))}
    </div>
  )
}

function Tile({ phase, plane, slice, window }: { phase: FoundVolume; plane: Plane; slice: number; window: GreyWindow }) {
  const { volume, name } = phase
  const { side, ...shown } = useMemo(() => {
    const axes = gridPlanes(volume.direction)[plane]
    const [x, y] = [axes.across.axis, axes.down.axis]
    return {
      pixels: extractSlice(volume, axes, slice),
      size: [volume.size[x], volume.size[y]] as const,
      spacingMm: [volume.spacingMm[x], volume.spacingMm[y]] as const,
      window: greyScaleOf(volume, window),
      side: directionLetters(axisVector(volume.direction, { axis: x, sign: axes.across.sign > 0 ? -1 : 1 })),
    }
  }, [volume, plane, slice, window])
  const {
    size: [columns, rows],
    spacingMm: [x, y],
  } = shown
  return (
    <>
      <span className="tilePicture" style={{ '--shape': (columns * x) / (rows * y) } as CSSProperties}>
        <SliceCanvas {...shown} label={`Slice ${slice + 1} of ${name}`} />
      </span>
      <span className="side">{side}</span>
    </>
  )
}
