import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { physicalToIndex, type Volume } from '../../core/image/volume.ts'
import { invertMove, movePoint, type RigidMove } from '../../core/image/rigidMove.ts'
import type { FoundVolume } from '../../state/images.ts'
import { createViewer, isLooking, planes, voxelAt, type Plane, type Viewer } from '../../viewer/index.ts'
import { useSession } from '../shared/session.ts'

/**
 * A second image on its own grid, beside the first: the same plane, and one cursor, pan and zoom in patient space.
 * @param move how the second image is aligned with the first; null as their scanner placed them
 */
export function BesideViews({
  first,
  firstVolume,
  second,
  move,
}: {
  first: Viewer
  firstVolume: Volume
  second: FoundVolume
  move: RigidMove | null
}) {
  const { handStore, secondStore } = useSession()
  const axial = useRef<HTMLDivElement>(null)
  const sagittal = useRef<HTMLDivElement>(null)
  const coronal = useRef<HTMLDivElement>(null)
  const [viewer, setViewer] = useState<Viewer | null>(null)
  /** The image that the cursor of the other is outside of. */
  const [missed, setMissed] = useState<Volume | null>(null)
  const settings = useStore(handStore, (state) => state.settings)
  const { id, volume } = second

  useEffect(() => {
    const made = createViewer({ axial: axial.current!, sagittal: sagittal.current!, coronal: coronal.current! })
    // A double click anywhere gives the room back to the three planes of the first image, as it does there.
    const stop = made.on('maximise', (plane: Plane | null) => plane && made.maximise(null))
    setViewer(made)
    return () => {
      stop()
      made.dispose()
    }
  }, [])

  useEffect(() => {
    if (!viewer) return
    viewer.showImage(volume)
    const kept = secondStore.getState().windows[id]
    if (kept) viewer.setWindow(kept)
    return viewer.on('window', (window) => secondStore.getState().setWindow(id, window))
  }, [viewer, id, volume, secondStore])

  useEffect(() => {
    if (!viewer) return
    // What one tells the other is not told back: the nearest voxel of a coarse image is not where the cursor of a fine one is.
    let isTelling = false
    const tell = (from: Viewer, to: Viewer, seen: Volume, by: RigidMove | null) => () => {
      const at = from.getState().cursor?.positionMm
      if (isTelling || !at) return
      const positionMm = by ? movePoint(by, at) : at
      isTelling = true
      to.moveCursor({ positionMm })
      isTelling = false
      setMissed(voxelAt(seen, physicalToIndex(seen, positionMm)) ? null : seen)
    }
    const onward = tell(first, viewer, volume, move && invertMove(move))
    onward()
    const stops = [first.on('cursor', onward), viewer.on('cursor', tell(viewer, first, firstVolume, move))]
    return () => stops.forEach((stop) => stop())
  }, [first, firstVolume, viewer, volume, move])

  useEffect(() => {
    if (!viewer) return
    // The second shows what the first shows, also where the layout gives them another size. Only where the hand placed the
    // second does the first follow: were it told back, turned images would creep away under the hand.
    let isLed = false
    const place = (plane: Plane, from: Viewer, to: Viewer, by: RigidMove | null) => {
      const shown = from.getState().views?.[plane]
      if (shown) to.placeView(plane, { ...shown, centreMm: by ? movePoint(by, shown.centreMm) : shown.centreMm })
    }
    const onward = move && invertMove(move)
    const follow = () => {
      if (!isLed) for (const plane of planes) place(plane, first, viewer, onward)
    }
    follow()
    const stops = [
      first.on('view', follow),
      viewer.on('placed', (plane) => {
        isLed = true
        place(plane, viewer, first, move)
      }),
      viewer.on('view', () => {
        follow()
        isLed = false
      }),
    ]
    return () => stops.forEach((stop) => stop())
  }, [first, viewer, volume, move])

  useEffect(() => {
    if (!viewer || !settings) return
    viewer.setPreset(settings.preset)
    viewer.setTool(isLooking(settings.tool) ? settings.tool : 'cursor')
    viewer.setInterpolation(settings.interpolation)
    viewer.setCrosshairVisible(settings.crosshairVisible)
    viewer.setAnnotationsVisible(settings.annotationsVisible)
  }, [viewer, settings])

  return (
    <>
      <div ref={axial} className="axial" aria-label={`Second image, ${second.name}, axial`} role="group" />
      <div ref={sagittal} className="sagittal" aria-label={`Second image, ${second.name}, sagittal`} role="group" />
      <div ref={coronal} className="coronal" aria-label={`Second image, ${second.name}, coronal`} role="group" />
      <p className="outsideNote" role="status">
        {missed === volume && 'The cursor is outside this image: its nearest slice is shown.'}
        {missed === firstVolume && 'The cursor is outside the first image: its nearest slice is shown.'}
      </p>
    </>
  )
}
