import { Button, NumberInput, SegmentedControl, Select, Slider } from '@mantine/core'
import { useState } from 'react'
import { useStore } from 'zustand'
import type { RigidMove } from '../../core/image/rigidMove.ts'
import { translation } from '../../core/image/rigidMove.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'
import type { FoundVolume } from '../../state/images.ts'
import { phaseFirst } from './phaseFirst.ts'
import { startWindow } from '../../viewer/index.ts'
import { formatFixed } from '../shared/formatNumber.ts'
import { GreyInput } from '../shared/GreyInput.tsx'
import { Notice } from '../shared/Notice.tsx'
import { Panel } from '../shared/Panel.tsx'
import { useSecondImage } from './useSecondImage.ts'
import { useSession } from '../shared/session.ts'
import { sayError } from '../../messages/say.ts'

/** Another image of the patient, beside the open one or over it, and how the two are aligned. */
export function SecondImagePanel() {
  const { listImagesOfPatient, patientsStore, roiStore, secondStore } = useSession()
  const open = useStore(roiStore, (state) => state.open)
  const { second, move } = useSecondImage()
  const { choose, way, setWay, share, setShare } = useStore(secondStore)
  useStore(patientsStore, (state) => state.patients)
  const others = listImagesOfPatient().filter(({ found }) => found.id !== open?.imageId)
  if (!open || others.length === 0) return null
  return (
    <Panel title="Second image">
      <Select
        aria-label="Image to show with this one"
        size="xs"
        placeholder="Choose an image"
        clearable
        value={second?.id ?? null}
        onChange={choose}
        data={others.map(({ found, name }) => ({ value: found.id, label: phaseFirst(name) }))}
      />
      {second && (
        <>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label="How the second image is shown"
            value={way}
            onChange={setWay}
            data={[
              { value: 'beside', label: 'Side by side' },
              { value: 'fade', label: 'Overlay' },
              { value: 'checkerboard', label: 'Checker' },
            ]}
          />
          {way === 'fade' && (
            <div className="row" style={{ flexWrap: 'nowrap' }}>
              <span className="dim">First</span>
              <Slider
                style={{ flex: 1 }}
                min={0}
                max={100}
                label={null}
                value={Math.round(share * 100)}
                thumbLabel="Share of the second image"
                onChange={(percent) => setShare(percent / 100)}
              />
              <span className="dim">Second</span>
              <span className="number" style={{ width: 42 }}>
                {Math.round(share * 100)} %
              </span>
            </div>
          )}
          {way !== 'beside' && <SecondWindow second={second} />}
          <Alignment key={`${open.imageId} ${second.id}`} move={move} />
        </>
      )}
    </Panel>
  )
}

function SecondWindow({ second: { id, volume } }: { second: FoundVolume }) {
  const { secondStore } = useSession()
  const { windows, setWindow } = useStore(secondStore)
  const window = windows[id] ?? startWindow(volume)
  return (
    <div className="control">
      <span>Window</span>
      <div className="row wide" style={{ flexWrap: 'nowrap' }}>
        <GreyInput
          label="Window width of the second image"
          prefix="W"
          value={window.width}
          onChange={(width) => width > 0 && setWindow(id, { ...window, width })}
        />
        <GreyInput
          label="Window level of the second image"
          prefix="L"
          value={window.centre}
          onChange={(centre) => setWindow(id, { ...window, centre })}
        />
      </div>
    </div>
  )
}

/** Why a run ends that the user cancelled. */
const cancelled = new Error('Cancelled.')
const directions = ['To the left', 'Backwards', 'Upwards'] as const

/** How the second image is moved onto the first: by hand in mm, in the patient's directions. */
function Alignment({ move }: { move: RigidMove | null }) {
  const { alignAutomatically, alignSecond } = useSession()
  const [run, setRun] = useState<AbortController | string | null>(null)
  const moved = move ?? translation([0, 0, 0])
  return (
    <>
      <h3 className="subtitle">Alignment</h3>
      <div className="control">
        {directions.map((label, axis) => (
          <MoveInput
            key={label}
            label={label}
            value={moved.translationMm[axis]}
            onChange={(mm) => {
              const translationMm = moved.translationMm.map((value, i) => (i === axis ? mm : value)) as unknown as Triple
              alignSecond({ ...moved, translationMm })
            }}
          />
        ))}
      </div>
      <p className="dim">
        {move ? describeMove(move) : 'As the scanner placed them.'} Alt with arrow keys, PgUp and PgDn moves the second image by
        0.5 mm in the view under the hand. Overlay and copied ROIs follow; the images themselves stay as they are.
      </p>
      {typeof run === 'string' && <Notice kind="error">{run}</Notice>}
      <div className="row" style={run instanceof AbortController ? { flexWrap: 'nowrap' } : undefined}>
        <Button
          variant="default"
          style={{ flex: 'none' }}
          onClick={() => {
            if (run instanceof AbortController) {
              run.abort(cancelled)
              return
            }
            const controller = new AbortController()
            setRun(controller)
            alignAutomatically(controller.signal)
              .then(() => setRun(null))
              .catch((error: unknown) => setRun(error === cancelled ? null : sayError(error)))
          }}
        >
          {run instanceof AbortController ? 'Cancel' : 'Align automatically'}
        </Button>
        {/* In the line of the button that began it: what is below may be out of sight. */}
        {run instanceof AbortController ? (
          <span className="dim" role="status">
            Aligning … up to a minute
          </span>
        ) : (
          <Button variant="default" disabled={!move} onClick={() => alignSecond(null)}>
            Undo alignment
          </Button>
        )}
      </div>
    </>
  )
}

function MoveInput({ label, value, onChange }: { label: string; value: number; onChange: (mm: number) => void }) {
  return (
    <>
      <span>{label}</span>
      <NumberInput
        aria-label={label}
        size="xs"
        suffix=" mm"
        step={0.5}
        decimalScale={2}
        value={value}
        onChange={(entered) => typeof entered === 'number' && entered !== value && onChange(entered)}
      />
    </>
  )
}

function describeMove({ rotation: m, translationMm: [x, y, z] }: RigidMove): string {
  const mm = Math.sqrt(x * x + y * y + z * z)
  const degrees = (Math.acos(Math.min(1, Math.max(-1, (m[0] + m[4] + m[8] - 1) / 2))) * 180) / Math.PI
  return `Moved by ${formatFixed(mm, 1)} mm${degrees > 0.005 ? `, turned by ${formatFixed(degrees, 1)}°` : ''}.`
}
