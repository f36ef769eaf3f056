import { Button, NativeSelect, Progress } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { say } from '../../../messages/say.ts'
import type { ProposedMask, ProposedMasks } from '../../../state/studyImport.ts'
import { formatCount } from '../../shared/formatNumber.ts'
import { useSession } from '../../shared/session.ts'

/** Pixels, grown with the text as the style's lengths are. */
const rowHeight = () => (34 * parseFloat(getComputedStyle(document.documentElement).fontSize)) / 16
const columns = 'minmax(200px, 2fr) minmax(220px, 1.2fr) minmax(200px, 1.6fr)'

/** Masks of patients who are in the study, and the image that each is taken to be of, until a person says that this is right. */
export function MaskProposal({ state }: { state: ProposedMasks }) {
  const { studyImporter, readersStore } = useSession()
  const { names, reader } = useStore(readersStore)
  const { masks, rest, laying } = state
  const open = masks.filter(({ outcome }) => outcome === null)
  const wanted = open.filter(({ chosen }) => chosen !== null)
  const undecided = open.length - wanted.length
  const isDone = laying === null && masks.some(({ outcome }) => outcome?.kind === 'laid') && wanted.length === 0
  const act = (work: (importer: Awaited<ReturnType<typeof studyImporter>>) => unknown) => void studyImporter().then(work)
  const goOn = rest.length > 0 ? 'Go on with the other files' : 'To the work list'
  return (
    <div className="screen main proposal">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            Whose masks are these?
          </h1>
          <p className="dim">
            {formatCount(masks.length)} {masks.length === 1 ? 'mask' : 'masks'} of patients of the study. Each becomes an ROI of{' '}
            {names[reader]}, in progress until you mark it complete. What is drawn already stays.
          </p>
        </div>
        <div className="row">
          {isDone ? (
            <Button variant="filled" onClick={() => act((importer) => importer.endMasks())}>
              {goOn}
            </Button>
          ) : (
            <>
              {laying ? (
                <Button onClick={() => act(({ cancel }) => cancel())}>Cancel</Button>
              ) : (
                <Button onClick={() => act((importer) => importer.endMasks())}>Leave the masks</Button>
              )}
              <Button
                variant="filled"
                disabled={laying !== null || wanted.length === 0}
                onClick={() => act(({ layMasks }) => layMasks())}
              >
                {wanted.length === 1 ? 'Lay 1 mask' : `Lay ${formatCount(wanted.length)} masks`}
              </Button>
            </>
          )}
        </div>
      </header>
      {laying && (
        <div className="notice" role="status">
          <div className="body">
            <span>
              Mask {laying.done} of {laying.of} is laid on its image
            </span>
            <Progress mt={6} size="sm" value={laying.of > 0 ? (100 * laying.done) / laying.of : 0} aria-label="Masks laid" />
          </div>
        </div>
      )}
      {!laying && undecided > 0 && (
        <p className="dim">
          {undecided === 1 ? 'One mask is' : `${formatCount(undecided)} masks are`} left unless you choose the image.
        </p>
      )}
      <MaskTable state={state} onChoose={(path, image) => act(({ chooseImage }) => chooseImage(path, image))} />
    </div>
  )
}

function MaskTable({ state, onChoose }: { state: ProposedMasks; onChoose: (path: string, image: string | null) => void }) {
  const { workListStore } = useSession()
  const called = useStore(workListStore, ({ records }) => records?.names)
  const { masks, images, laying } = state
  const nameOf = useMemo(() => {
    const byId = new Map(images.map((image) => [image.id, image]))
    return (id: string) => {
      const { label, role } = byId.get(id)!
      return `${label} ${role ?? called?.[id] ?? 'image without a role'}`
    }
  }, [images, called])
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({ count: masks.length, getScrollElement: () => scroller.current, estimateSize: rowHeight, overscan: 8 }) // prettier-ignore
  return (
    <div className="card tableScroll" ref={scroller} tabIndex={0} aria-label="Masks, scrollable">
      <table className="series" aria-rowcount={masks.length + 1}>
        <thead>
          <tr style={{ gridTemplateColumns: columns }}>
            <th>Mask</th>
            <th>Image</th>
            <th>What happens</th>
          </tr>
        </thead>
        <tbody style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const mask = masks[index]
            return (
              <tr
                key={mask.path}
                aria-rowindex={index + 2}
                style={{ gridTemplateColumns: columns, transform: `translateY(${start}px)` }}
              >
                <td className="ellipsis" title={mask.path}>
                  {mask.path}
                </td>
                <td>
                  {mask.outcome !== null && mask.chosen !== null && nameOf(mask.chosen)}
                  {mask.outcome === null && mask.images.length > 0 && (
                    <NativeSelect
                      size="xs"
                      aria-label={`Image of ${mask.path}`}
                      disabled={laying !== null}
                      value={mask.chosen ?? ''}
                      data={[
                        { value: '', label: mask.images.length > 1 ? 'Choose the image' : 'Leave it' },
                        ...mask.images.map((id) => ({ value: id, label: nameOf(id) })),
                      ]}
                      onChange={(event) => onChoose(mask.path, event.currentTarget.value || null)}
                    />
                  )}
                </td>
                <td className="ellipsis dim" title={tellOutcome(mask)}>
                  {tellOutcome(mask)}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function tellOutcome({ images, chosen, outcome }: ProposedMask): string {
  switch (outcome?.kind) {
    case 'laid':
      return outcome.lesions === 1 ? 'Laid' : `Laid: ${outcome.lesions} lesions`
    case 'drawn':
      return 'Left: something is drawn there'
    case 'locked':
      return 'Left: the ROI is locked'
    case 'failed':
      return say(outcome.reason)
  }
  if (images.length === 0) return 'Left: it stands on the voxels of no image of the study'
  return chosen === null ? 'Several images have its voxels' : ''
}
