import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { createViewer } from '../../viewer/index.ts'
import { useSession } from '../shared/session.ts'
import { BesideViews } from './BesideViews.tsx'
import { PhaseTiles, ProjectionView, SurfaceView } from './laterParts.ts'
import { useSecondImage } from './useSecondImage.ts'

/** The three planes of the open image with what lies over it, which `showLayers.ts` brings there. */
export function Views() {
  const { handStore, layoutStore, openViews, roiStore, secondStore, shownLayersStore } = useSession()
  const axial = useRef<HTMLDivElement>(null)
  const sagittal = useRef<HTMLDivElement>(null)
  const coronal = useRef<HTMLDivElement>(null)
  const viewer = useStore(handStore, (state) => state.viewer)
  const drawn = useStore(handStore, (state) => state.drawn)
  const enlarged = useStore(handStore, (state) => state.settings?.maximised ?? null)
  const open = useStore(roiStore, (state) => state.open)
  const { over, beside } = useStore(shownLayersStore)
  const awaited = useStore(secondStore, (state) => state.awaited)
  const hasBeside = beside !== null || awaited !== null
  const { move } = useSecondImage()
  // Beside each other two images are seen in one plane.
  const maximised = enlarged ?? (hasBeside ? 'axial' : null)

  useEffect(() => {
    // A task of its own: the screen's layout and the making of the views take long each, and the page answers in between.
    let close: (() => void) | undefined
    const timer = setTimeout(() => {
      close = openViews(createViewer, { axial: axial.current!, sagittal: sagittal.current!, coronal: coronal.current! })
    })
    return () => {
      clearTimeout(timer)
      close?.()
    }
  }, [openViews])

  const fourth = useStore(layoutStore, (state) => state.fourth)
  const areTiled = useStore(layoutStore, (state) => state.areTiled)
  const secondName = over ? (over.name ?? 'Speed image: grows where white') : beside?.name
  return (
    <div
      className="views"
      data-maximised={maximised ?? undefined}
      data-shown={(open !== null && drawn === open.image) || undefined}
      data-beside={hasBeside || undefined}
      data-fourth={(open !== null && fourth !== null) || undefined}
      data-testid="views"
      data-focus-home
      tabIndex={-1}
      role="group"
      aria-label="Views of the image"
    >
      <div ref={axial} className="axial" />
      <div ref={sagittal} className="sagittal" />
      <div ref={coronal} className="coronal" />
      {viewer && open && beside && (
        <div className="beside">
          <BesideViews first={viewer} firstVolume={open.image} second={beside} move={move} />
        </div>
      )}
      {awaited !== null && (
        <div className="beside awaited">
          <p className="dim">Reading {awaited} …</p>
        </div>
      )}
      {open && fourth === 'projection' && <ProjectionView />}
      {open && fourth === 'surface' && <SurfaceView />}
      {open && areTiled && <PhaseTiles />}
      {open && <PlayedPhase />}
      {secondName !== undefined && (
        <p className="imageNames">
          <span>{open?.imageName}</span>
          <span>{secondName}</span>
        </p>
      )}
    </div>
  )
}

/** Which phase is on the screen while they are shown one after the other. */
function PlayedPhase() {
  const { dynamicStore, seriesInHand } = useSession()
  const playing = useStore(dynamicStore, (state) => state.playing)
  if (playing === null) return null
  const phases = seriesInHand()?.phases ?? []
  return (
    <p className="playedPhase">
      Phase {playing + 1} of {phases.length}, {phases[playing]?.name}
    </p>
  )
}
