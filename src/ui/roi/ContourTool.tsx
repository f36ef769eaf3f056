import { ActionIcon, Button, NumberInput, SegmentedControl, Switch } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { Volume } from '../../core/image/volume.ts'
import { findBubble } from '../../state/contour.ts'
import { gridPlanes } from '../../viewer/index.ts'
import { formatFixed } from '../shared/formatNumber.ts'
import { GreyRangeInput } from './GreyRangeInput.tsx'
import { JoiningSwitch } from './JoiningSwitch.tsx'
import { LengthInput } from './LengthInput.tsx'
import { usePrimary } from './usePrimary.ts'
import { useSession } from '../shared/session.ts'

/** A contour that starts from bubbles and evolves over a speed image. */
export function ContourTool() {
  const { contourStore, handStore, maskOperationStore, roiStore } = useSession()
  const open = useStore(roiStore, (state) => state.open)
  const isBusy = useStore(maskOperationStore, ({ run }) => run.status === 'running')
  const { bubbles, radiusMm, settings, joining, showsSpeed, ...tool } = useStore(contourStore)
  const primary = usePrimary('findRegion')
  if (!open) return null
  const { kind, roomMm, evenShare } = settings
  const addBubble = () => {
    const cursor = handStore.getState().viewer?.getState().cursor
    if (cursor) void tool.add(cursor.index)
  }
  return (
    <>
      <p className="dim">Move the cursor into the tumour and put a bubble there; then let it evolve.</p>
      <div className="control">
        <span>Radius</span>
        <LengthInput label="Radius of the bubble" value={radiusMm} onChange={tool.setRadius} />
        <span>Room around</span>
        <LengthInput label="Room around the bubbles" step={5} value={roomMm} onChange={(mm) => tool.set({ roomMm: mm })} />
        <span>Stops at</span>
        <SegmentedControl
          aria-label="What stops the contour"
          size="xs"
          value={kind}
          onChange={(value) => tool.set({ kind: value })}
          data={[
            { value: 'region', label: 'Grey levels' },
            { value: 'edges', label: 'Edges' },
          ]}
        />
        {kind === 'edges' && (
          <>
            <span>Edges are</span>
            <NumberInput
              aria-label="Share of the box that counts as edges"
              prefix="the strongest "
              suffix=" %"
              min={1}
              max={99}
              decimalScale={0}
              value={Math.round(100 * (1 - evenShare))}
              onChange={(entered) =>
                typeof entered === 'number' && entered >= 1 && entered <= 99 && tool.set({ evenShare: 1 - entered / 100 })
              }
            />
          </>
        )}
        <JoiningSwitch value={joining} onChange={(value) => tool.set({ joining: value })} />
      </div>
      <div className="row wide">
        <Button size="compact-sm" variant={primary} disabled={isBusy} onClick={addBubble}>
          Bubble at cursor
        </Button>
      </div>
      {bubbles.length > 0 && <BubbleList image={open.image} />}
      {kind === 'region' && bubbles.length > 0 && <ContourRange />}
      {bubbles.length > 0 && (
        <Switch
          size="xs"
          label="Speed image until it evolves"
          checked={showsSpeed}
          onChange={({ currentTarget: { checked } }) => tool.showSpeed(checked)}
        />
      )}
      <div className="row wide">
        <Button size="compact-sm" variant="default" disabled={bubbles.length === 0 || isBusy} onClick={() => void tool.start()}>
          Start again
        </Button>
        <Button size="compact-sm" variant="default" disabled={bubbles.length === 0} onClick={tool.clear}>
          Clear
        </Button>
      </div>
    </>
  )
}

/** The bubble that the cursor lies in is the one in hand: Delete takes it away. */
function BubbleList({ image }: { image: Volume }) {
  const { contourStore, handStore } = useSession()
  const { bubbles, remove } = useStore(contourStore)
  const viewer = useStore(handStore, (state) => state.viewer)
  const cursor = useSyncExternalStore(
    (listener) => viewer?.on('cursor', listener) ?? (() => undefined),
    () => viewer?.getState().cursor?.index.join() ?? '',
  )
  const voxel = cursor.split(',').map(Number) as unknown as readonly [number, number, number]
  const chosen = cursor === '' ? -1 : findBubble(bubbles, image, voxel)
  const { axis } = gridPlanes(image.direction).axial.through
  return (
    <ul className="bubbles" aria-label="Bubbles">
      {bubbles.map(({ centre, radiusMm }, at) => (
        <li key={`${centre.join()} ${radiusMm} ${at}`}>
          <button type="button" aria-pressed={at === chosen} onClick={() => viewer?.moveCursor({ index: centre })}>
            <span>Bubble {at + 1}</span>
            <span className="number">
              {formatFixed(radiusMm, 1)} mm, slice {centre[axis] + 1}
            </span>
          </button>
          <ActionIcon
            aria-label={`Remove bubble ${at + 1}`}
            title={at === chosen ? 'Remove it (Delete)' : 'Remove it'}
            onClick={() => remove(at)}
          >
            <IconTrash size={15} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  )
}

/** The grey levels that the contour was started with. */
function ContourRange() {
  const { contourStore } = useSession()
  const { settings, setup, set } = useStore(contourStore)
  if (!setup?.range) return null
  return (
    <>
      <h3 className="subtitle">Grey levels</h3>
      <GreyRangeInput
        levels={setup.levels}
        // What is set is shown before the contour has begun anew with it.
        range={settings.range ?? setup.range}
        isInverted={settings.inverted}
        onChange={(range) => set({ range })}
      />
      <SegmentedControl
        fullWidth
        aria-label="Where the contour grows"
        value={settings.inverted ? 'outside' : 'inside'}
        onChange={(value) => set({ inverted: value === 'outside' })}
        data={[
          { value: 'inside', label: 'Grows in the range' },
          { value: 'outside', label: 'Outside it' },
        ]}
      />
      {settings.range ? (
        <Button size="compact-xs" variant="default" onClick={() => set({ range: null })}>
          Range from the bubbles
        </Button>
      ) : (
        <p className="dim">As the grey levels in the bubbles tell.</p>
      )}
    </>
  )
}
