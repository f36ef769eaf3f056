import { Button, Checkbox, NativeSelect } from '@mantine/core'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { indexToPhysical, type Volume } from '../../core/image/volume.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'
import { lesionColour } from '../../state/lesionColour.ts'
import { watchSurfaces, type Surfaces } from '../../state/surfaces.ts'
import { say } from '../../messages/say.ts'
import {
  axisVector,
  createSurfaceView,
  gridPlanes,
  planes,
  type HalfSpace,
  type Plane,
  type SurfaceTrouble,
  type SurfaceView as View,
} from '../../viewer/index.ts'
import { useSession } from '../shared/session.ts'

const cuts = [
  { value: 'none', label: 'Not cut' },
  { value: 'axial', label: 'Cut at the axial slice' },
  { value: 'sagittal', label: 'Cut at the sagittal slice' },
  { value: 'coronal', label: 'Cut at the coronal slice' },
]
const nothing: Surfaces = { surfaces: [], isMaking: true, problem: null }

/** The ROI as a surface in 3D, each lesion in its colour: turned by hand, cut at a slice of the cursor; a click goes to the place. */
export function SurfaceView() {
  const { handStore, meshRegion, otherLesionsStore, roiStore } = useSession()
  const image = useStore(roiStore, (state) => state.open?.image)
  const viewer = useStore(handStore, (state) => state.viewer)
  const cursor = useSyncExternalStore(
    useCallback((tell: () => void) => viewer?.on('cursor', tell) ?? (() => {}), [viewer]),
    () => viewer?.getState().cursor?.index ?? null,
  )
  const isVisible = useStore(handStore, (state) => state.settings?.maskVisible ?? true)
  const areLinesShown = useStore(handStore, (state) => state.settings?.crosshairVisible ?? true)
  const [view, setView] = useState<View | null>(null)
  const [letters, setLetters] = useState<Readonly<Record<string, string>>>({})
  const [trouble, setTrouble] = useState<SurfaceTrouble>(null)
  const [{ surfaces, isMaking, problem }, setSurfaces] = useState(nothing)
  const [cut, setCut] = useState('none')
  const [isOtherHalf, setIsOtherHalf] = useState(false)
  const place = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const made = createSurfaceView(place.current!, {
      onTurn: (next) => setLetters({ ...next }),
      onTrouble: setTrouble,
      onPick: (positionMm) => handStore.getState().viewer?.moveCursor({ positionMm }),
      preset: () => handStore.getState().preset,
    })
    setView(made)
    return () => made.dispose()
  }, [handStore])

  useEffect(
    () => watchSurfaces({ roi: roiStore, others: otherLesionsStore, mesh: meshRegion }, setSurfaces),
    [meshRegion, otherLesionsStore, roiStore],
  )
  useEffect(() => {
    view?.show(isVisible ? surfaces.map(({ lesion, mesh, coarse }) => ({ mesh, coarse, colour: lesionColour(lesion) })) : [])
  }, [isVisible, surfaces, view])

  useEffect(() => {
    if (!view || !image) return
    const at = cursor && indexToPhysical(image, cursor)
    view.showCursor(at && areLinesShown ? { positionMm: at, directions: planes.map((plane) => across(image, plane)) } : null)
    view.cut(at && cut !== 'none' ? keepHalf(image, cut as Plane, at, isOtherHalf) : null)
  }, [areLinesShown, cursor, cut, image, isOtherHalf, view])

  return (
    <div className="fourth" role="group" aria-label="ROI in 3D">
      <div className="surface">
        <div ref={place} />
        {Object.entries(letters).map(([edge, text]) => (
          <span key={edge} data-edge={edge}>
            {text}
          </span>
        ))}
        <p role="status">
          {problem
            ? `The surface could not be made: ${say(problem)}`
            : isMaking
              ? 'Making the surface …'
              : surfaces.length === 0
                ? 'Nothing is drawn on this image yet: what is drawn is shown here.'
                : isVisible
                  ? nameSurfaces(surfaces)
                  : 'The ROI is hidden.'}
        </p>
        {trouble && surfaces.length > 0 && <Trouble trouble={trouble} />}
      </div>
      <div className="projectionControls">
        <NativeSelect
          aria-label="Where the surface is cut"
          size="xs"
          data={cuts}
          value={cut}
          onChange={(event) => setCut(event.currentTarget.value)}
        />
        <Checkbox
          label="Other half"
          disabled={cut === 'none'}
          checked={isOtherHalf}
          onChange={(event) => setIsOtherHalf(event.currentTarget.checked)}
        />
        <Button size="compact-xs" variant="default" title="From the front, all of it" onClick={() => view?.fit()}>
          From the front
        </Button>
      </div>
    </div>
  )
}

function Trouble({ trouble }: { trouble: NonNullable<SurfaceTrouble> }) {
  if (trouble.kind === 'wait')
    return (
      <div className="surfaceTrouble" role="status">
        <p>The picture is on its way …</p>
      </div>
    )
  return (
    <div className="surfaceTrouble" role="alert">
      <p>{trouble.reason}</p>
      {trouble.remedy && <p className="dim">{trouble.remedy}</p>}
      <Button size="compact-sm" variant="default" onClick={trouble.onRetry}>
        Try again
      </Button>
    </div>
  )
}

const nameSurfaces = (surfaces: Surfaces['surfaces']) =>
  surfaces.length === 1
    ? 'Drag to turn, click to go there'
    : `${surfaces.map(({ lesion }) => lesion).sort().join(', ')}: drag to turn, click to go there` // prettier-ignore

/** The way through the slices of a plane. */
const across = ({ direction }: Volume, plane: Plane): Triple => axisVector(direction, gridPlanes(direction)[plane].through)

/** What lies behind the cursor's slice is kept, as seen from the front, from above and from the patient's left; or the other half. */
function keepHalf(image: Volume, plane: Plane, at: Triple, isOtherHalf: boolean): HalfSpace {
  const normal = across(image, plane)
  const pointsAway = plane === 'coronal' ? normal[1] > 0 : plane === 'axial' ? normal[2] < 0 : normal[0] < 0
  const sign = pointsAway === isOtherHalf ? -1 : 1
  return { originMm: at, normal: [sign * normal[0], sign * normal[1], sign * normal[2]] }
}
