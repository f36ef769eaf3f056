import { Button, Progress } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { Facts } from '../shared/Facts.tsx'
import { formatCount, formatVolume, formatVoxels } from '../shared/formatNumber.ts'
import { Notice } from '../shared/Notice.tsx'
import { Panel } from '../shared/Panel.tsx'
import { usePrimary } from './usePrimary.ts'
import { useSession } from '../shared/session.ts'
import { say } from '../../messages/say.ts'

/** The mask operation in hand: how far it is, what it would make, and whether to take that. */
export function OperationPanel() {
  const { handStore, maskOperationStore, roiStore } = useSession()
  const { run, cancel, accept, evolve, stopEvolving } = useStore(maskOperationStore)
  const open = useStore(roiStore, (state) => state.open)
  const voxelCount = useStore(roiStore, (state) => state.voxelCount)
  const isBlind = useStore(handStore, (state) => state.settings?.isBlind ?? false)
  const [evolvePrimary, acceptPrimary] = [usePrimary('evolve'), usePrimary('accept')]
  const acceptButton = useRef<HTMLButtonElement>(null)
  const isFresh = run.status === 'preview' && (run.contour === null || run.contour.rounds === 0)
  const isContour = run.status === 'preview' && run.contour !== null

  // Enter accepts, wherever the hand was when it started the operation.
  useEffect(() => {
    if (isFresh && !isContour) acceptButton.current?.focus({ preventScroll: false })
  }, [isFresh, isContour])

  if (run.status === 'idle' || !open) return null
  if (run.status === 'told') {
    return (
      <div className="panel">
        <Notice kind={run.kind} onClose={cancel}>
          <strong>{run.action}</strong>
          <p>{typeof run.text === 'string' ? run.text : say(run.text)}</p>
        </Notice>
      </div>
    )
  }
  if (run.status === 'running') {
    return (
      <Panel title={run.action}>
        <Progress.Root>
          <Progress.Section
            value={run.percent ?? 100}
            animated={run.percent === null}
            aria-label={`Progress of ${run.action}`}
            aria-valuetext={run.percent === null ? 'working' : `${run.percent} %`}
          />
        </Progress.Root>
        <div className="row wide">
          <Button variant="default" onClick={cancel}>
            Cancel
          </Button>
        </div>
      </Panel>
    )
  }
  const { added, removed } = run.result
  const [x, y, z] = open.image.spacingMm
  return (
    <Panel title={`Preview: ${run.action}`} aside={<span className="swatch preview" aria-hidden />}>
      {run.contour && (
        <>
          <div className="row wide">
            <Button
              variant="default"
              disabled={run.contour.isEvolving}
              onClick={() => void evolve(2)}
              title="Two rounds: a front at full speed goes about two voxels"
            >
              Step
            </Button>
            {run.contour.isEvolving ? (
              <Button variant={evolvePrimary} onClick={stopEvolving}>
                Stop
              </Button>
            ) : (
              <Button variant={evolvePrimary} onClick={() => void evolve(Infinity)}>
                Evolve
              </Button>
            )}
          </div>
          <p className="dim" role="status">
            {describeContour(run.contour)}
          </p>
        </>
      )}
      <Facts
        entries={[
          ['Volume', formatVolume(((voxelCount + added - removed) * x * y * z) / 1000)],
          ['Voxels', formatCount(voxelCount + added - removed)],
          ['Change', `+${formatCount(added)} / −${formatCount(removed)}`],
          ...(run.heldBack > 0 ? [['Left as it is', formatVoxels(run.heldBack)] as const] : []),
        ]}
      />
      <p className="dim">Green is the ROI as it would be; orange without green would go.</p>
      <div className="row wide">
        <Button variant="default" onClick={cancel} rightSection={<kbd aria-hidden>Esc</kbd>}>
          Discard
        </Button>
        <Button
          ref={acceptButton}
          variant={acceptPrimary}
          disabled={isBlind}
          onClick={accept}
          rightSection={<kbd aria-hidden>⏎</kbd>}
        >
          Accept
        </Button>
      </div>
    </Panel>
  )
}

function describeContour({ rounds, changedVoxels, isEvolving }: { rounds: number; changedVoxels: number; isEvolving: boolean }) {
  if (rounds === 0) return 'The bubbles, before the first round.'
  const state = isEvolving ? 'evolving' : changedVoxels === 0 ? 'it stands still' : 'stopped'
  return `Round ${rounds}, ${state}. ${formatVoxels(changedVoxels)} changed in the last one.`
}
