import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { useStore } from 'zustand'
import { panelWidths } from '../../state/layout.ts'
import { defaultSettings } from '../../storage/settings.ts'
import { keysOf, writeKey } from '../commands/keys.ts'
import { runCommand } from '../commands/runCommand.ts'
import { useSession } from '../shared/session.ts'

const pxPerKey = 16
const usualTextPx = 16

/** Between views and panels: drawn to make room for either, by keys too; a double click gives the panels their usual width. */
export function PanelDivider() {
  const session = useSession()
  const { handStore, layoutStore } = session
  const { layout, set } = useStore(layoutStore)
  const preset = useStore(handStore, (state) => state.preset)
  const isHeld = useRef(false)
  const { panelsPx, areFolded } = layout
  const drawTo = ({ clientX, currentTarget }: PointerEvent) => {
    if (!isHeld.current) return
    const { right } = currentTarget.parentElement!.getBoundingClientRect()
    const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / usualTextPx
    set({ panelsPx: (right - clientX) / scale })
  }
  const step = (event: KeyboardEvent) => {
    const way = { ArrowLeft: 1, ArrowRight: -1 }[event.key]
    if (way === undefined) return
    event.preventDefault()
    set({ panelsPx: panelsPx + way * pxPerKey })
  }
  const label = areFolded ? 'Show the panels' : 'Put the panels away'
  return (
    <>
      <div
        className="panelDivider"
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label="Width of the panels"
        aria-valuemin={panelWidths.smallest}
        aria-valuemax={panelWidths.greatest}
        aria-valuenow={panelsPx}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          isHeld.current = true
        }}
        onPointerMove={drawTo}
        onPointerUp={() => (isHeld.current = false)}
        onPointerCancel={() => (isHeld.current = false)}
        onDoubleClick={() => set({ panelsPx: defaultSettings.layout.panelsPx })}
        onKeyDown={step}
      />
      <button
        type="button"
        className="panelFold"
        aria-label={label}
        title={`${label} (${writeKey(keysOf('view.panels', preset)[0])})`}
        onClick={() => runCommand(session, 'view.panels')}
      >
        {areFolded ? <IconChevronLeft size={16} /> : <IconChevronRight size={16} />}
      </button>
    </>
  )
}
