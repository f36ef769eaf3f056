import { NativeSelect, Slider } from '@mantine/core'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore, type PointerEvent } from 'react'
import { useStore } from 'zustand'
import type { Projection, ProjectionView as View } from '../../core/image/projectMaximum.ts'
import { indexToPhysical, type Volume } from '../../core/image/volume.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'
import type { OpenProjection } from '../../../workers/imagesInWorker.ts'
import { sayError } from '../../messages/say.ts'
import { axisVector, brightnessOf, directionLetters, gridPlanes, percentileWindow, type GreyWindow } from '../../viewer/index.ts'
import { useSession } from '../shared/session.ts'

const slabs = [
  { value: 'whole', label: 'Whole depth' },
  ...[10, 20, 40].map((mm) => ({ value: String(mm), label: `${mm} mm around the cursor` })),
]
const degreesPerPixel = 0.5
const degreesPerKey = 10
/** A hand that moved no farther has clicked. */
const clickPixels = 3

interface Shown {
  readonly image: Volume
  readonly name: string
  readonly projection: OpenProjection
}

/** What enhanced, or the open image, projected along parallel rays (MIP): turned by hand, and a click goes to the voxel that it shows. */
export function ProjectionView() {
  const { dynamicStore, handStore, openProjection, roiStore, subtractionInHand } = useSession()
  const open = useStore(roiStore, (state) => state.open)
  const viewer = useStore(handStore, (state) => state.viewer)
  const cursor = useSyncExternalStore(
    useCallback((tell: () => void) => viewer?.on('cursor', tell) ?? (() => {}), [viewer]),
    () => viewer?.getState().cursor?.index ?? null,
  )
  const isSubtracting = useStore(dynamicStore, (state) => state.isSubtracting)
  const [degrees, setDegrees] = useState(0)
  const [slab, setSlab] = useState('whole')
  const [shown, setShown] = useState<Shown | null>(null)
  const [picture, setPicture] = useState<{ readonly seen: Projection; readonly window: GreyWindow; readonly of: Volume } | null>(
    null,
  )
  const [problem, setProblem] = useState<string | null>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const press = useRef<{ readonly x: number; readonly y: number; readonly degrees: number } | null>(null)
  const image = open?.image
  const imageName = open?.imageName

  useEffect(() => {
    if (!image || imageName === undefined) return
    let isWanted = true
    let projection: OpenProjection | undefined
    void subtractionInHand().then((found) => {
      if (!isWanted) return
      setProblem(null)
      const of = found?.volume ?? image
      projection = openProjection(of, axesOf(of))
      setShown({ image: of, name: found?.name ?? imageName, projection })
    })
    return () => {
      isWanted = false
      projection?.close()
      setShown(null)
    }
  }, [image, imageName, isSubtracting, openProjection, subtractionInHand])

  // Beyond the slab the cursor says nothing: it need not be projected anew.
  const around = slab === 'whole' ? null : cursor
  const [x, y, z] = around ?? []
  useEffect(() => {
    if (!shown) return
    const view = viewOf(degrees, slab, x === undefined ? null : [x, y!, z!])
    let isWanted = true
    shown.projection.project(view).then(
      (seen) => {
        if (!isWanted) return
        setPicture((before) => ({
          seen,
          of: shown.image,
          window: before?.of === shown.image ? before.window : percentileWindow(seen.values),
        }))
      },
      (error: unknown) => isWanted && setProblem(sayError(error)),
    )
    return () => void (isWanted = false)
  }, [shown, degrees, slab, x, y, z])

  useEffect(() => {
    const element = canvas.current
    if (!picture || !element) return
    // Once at first, and again whenever it has another room.
    const observer = new ResizeObserver(() => draw(element, picture.seen, picture.window))
    observer.observe(element)
    return () => observer.disconnect()
  }, [picture])

  const turnTo = (next: number) => setDegrees(((Math.round(next) % 360) + 360) % 360)
  const begin = (event: PointerEvent) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    press.current = { x: event.clientX, y: event.clientY, degrees }
  }
  const turn = (event: PointerEvent) => {
    const began = press.current
    if (began && Math.abs(event.clientX - began.x) > clickPixels)
      turnTo(began.degrees + (event.clientX - began.x) * degreesPerPixel)
  }
  const end = (event: PointerEvent) => {
    const began = press.current
    press.current = null
    if (!began || Math.hypot(event.clientX - began.x, event.clientY - began.y) > clickPixels) return
    void goTo(event.clientX, event.clientY)
  }
  async function goTo(clientX: number, clientY: number) {
    if (!shown || !picture || !canvas.current) return
    const { left, top, width, height } = canvas.current.getBoundingClientRect()
    const place = placeIn(picture.seen, width, height)
    const column = Math.floor((clientX - left - place.left) / place.perColumn)
    const row = Math.floor((clientY - top - place.top) / place.perRow)
    try {
      const voxel = await shown.projection.findBrightest(viewOf(degrees, slab, cursor), column, row)
      if (voxel) viewer?.moveCursor({ positionMm: indexToPhysical(shown.image, voxel) })
    } catch (error) {
      setProblem(sayError(error))
    }
  }

  return (
    <div className="fourth" role="group" aria-label="Projection">
      <div
        className="projection"
        onPointerDown={begin}
        onPointerMove={turn}
        onPointerUp={end}
        onPointerCancel={() => (press.current = null)}
      >
        <canvas ref={canvas} role="img" aria-label={shown ? `MIP of ${shown.name}, turned by ${degrees}°` : 'MIP'} />
        {shown &&
          sidesOf(shown.image, degrees).map((letters, i) => (
            <span key={i} style={i === 0 ? { left: 8 } : { right: 8 }}>
              {letters}
            </span>
          ))}
        <p role="status">{problem ?? (shown && picture?.of === shown.image ? `MIP, ${shown.name}` : 'Projecting …')}</p>
      </div>
      <div className="projectionControls">
        <Slider
          style={{ flex: 1, minWidth: 110 }}
          min={0}
          max={360}
          step={degreesPerKey}
          label={null}
          thumbLabel="Turn"
          value={degrees}
          onChange={turnTo}
        />
        <span className="number" style={{ width: 36 }}>
          {degrees}°
        </span>
        <NativeSelect
          aria-label="Depth of the projection"
          size="xs"
          data={slabs}
          value={slab}
          onChange={(event) => setSlab(event.currentTarget.value)}
        />
      </div>
    </div>
  )
}

/** From the front, head up: the patient's left on the right. */
function axesOf({ direction }: Pick<Volume, 'direction'>) {
  const { axial, coronal } = gridPlanes(direction)
  const { axis, sign } = coronal.down
  return { across: axial.across, depth: axial.down, up: { axis, sign: sign === 1 ? -1 : 1 } } as const
}

/** What lies to the left and to the right of what is seen. */
function sidesOf({ direction }: Volume, degrees: number): readonly [string, string] {
  const { across, depth } = axesOf({ direction })
  const [cos, sin] = turnBy(degrees)
  const [a, b] = [axisVector(direction, across), axisVector(direction, depth)]
  const toThe = (way: 1 | -1) =>
    directionLetters([way * (cos * a[0] + sin * b[0]), way * (cos * a[1] + sin * b[1]), way * (cos * a[2] + sin * b[2])])
  return [toThe(-1), toThe(1)]
}

/** Cosine and sine: at quarters of a turn rays go through the middles of voxels. */
function turnBy(degrees: number): readonly [number, number] {
  const part = (value: number) => (Math.abs(value) < 1e-12 ? 0 : value)
  const angle = (degrees * Math.PI) / 180
  return [part(Math.cos(angle)), part(Math.sin(angle))]
}

function viewOf(degrees: number, slab: string, around: Triple | null): View {
  return {
    turn: turnBy(degrees),
    slab: slab === 'whole' || !around ? null : { mm: Number(slab), around },
  }
}

/** As large as there is room for, in the middle, in the patient's proportions. */
function placeIn({ width: columns, height: rows, mmPerColumn, mmPerRow }: Projection, width: number, height: number) {
  const perMm = Math.min(width / (columns * mmPerColumn), height / (rows * mmPerRow))
  const [perColumn, perRow] = [perMm * mmPerColumn, perMm * mmPerRow]
  return { perColumn, perRow, left: (width - columns * perColumn) / 2, top: (height - rows * perRow) / 2 }
}

function draw(canvas: HTMLCanvasElement, seen: Projection, window: GreyWindow) {
  const { width, height, values } = seen
  const pixels = new ImageData(width, height)
  const words = new Uint32Array(pixels.data.buffer)
  for (let at = 0; at < values.length; at++) {
    const grey = Number.isNaN(values[at]) ? 0 : Math.round(255 * brightnessOf(values[at], { ...window, inverted: false }))
    words[at] = 0xff000000 | (grey << 16) | (grey << 8) | grey
  }
  const source = new OffscreenCanvas(width, height)
  source.getContext('2d')!.putImageData(pixels, 0, 0)
  canvas.width = canvas.clientWidth
  canvas.height = canvas.clientHeight
  const place = placeIn(seen, canvas.width, canvas.height)
  canvas.getContext('2d')!.drawImage(source, place.left, place.top, width * place.perColumn, height * place.perRow)
}
