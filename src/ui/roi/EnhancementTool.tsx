import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import { useStore } from 'zustand'
import { compareGeometry } from '../../core/mask/compareGeometry.ts'
import { say } from '../../messages/say.ts'
import { findBaseline } from '../../state/findBaseline.ts'
import { phaseId } from '../../state/phases.ts'
import type { Joining } from '../../../workers/maskBridge.ts'
import { Notice } from '../shared/Notice.tsx'
import { JoiningSwitch } from './JoiningSwitch.tsx'
import { usePrimary } from './usePrimary.ts'
import { useSession } from '../shared/session.ts'
import { maskWords } from '../../messages/words/maskWords.ts'

const action = 'Proposal from enhancement'

/** A tumour from one click, out of what it takes up between two phases. */
export function EnhancementTool() {
  const { handStore, listPhasesOfVisit, maskOperationStore, patientsStore, phasesStore, roiStore } = useSession()
  const open = useStore(roiStore, (state) => state.open)
  useStore(patientsStore, (state) => state.patients)
  const choices = useStore(phasesStore, (state) => state.choices)
  const isBusy = useStore(maskOperationStore, ({ run }) => run.status === 'running')
  const [preId, setPre] = useState<string | null>(null)
  const [postId, setPost] = useState<string | null>(null)
  const [joining, setJoining] = useState<Joining>('add')
  const primary = usePrimary('findRegion')
  if (!open) return null
  const images = listPhasesOfVisit()
  const openId = phaseId(open.image)
  const { known, warnings } = findBaseline(images, openId, choices)
  const differs = (id: string) => {
    const found = images.find((image) => image.id === id)
    return found ? compareGeometry(open.image, found.volume) : []
  }
  const data = images.map(({ id, name }) => ({ value: id, label: differs(id).length === 0 ? name : `${name} (other grid)` }))
  // What was chosen for other images says nothing of these.
  const chosen = (id: string | null) => images.find((image) => image.id === id)
  const pre = chosen(preId) ?? known?.before
  const post = chosen(postId) ?? known?.after ?? chosen(openId)
  const noBaseline = warnings.find(({ code }) => code === 'none-before-contrast')
  const problem = [pre, post].flatMap((chosen) => (chosen ? differs(chosen.id) : []))[0]
  const propose = () => {
    const { start, tell } = maskOperationStore.getState()
    const cursor = handStore.getState().viewer?.getState().cursor
    if (!pre || !post || !cursor) tell(action, 'Choose the phase before contrast and one after it.')
    else if (pre.id === post.id) tell(action, 'Before and after are the same image: choose two phases.')
    else void start(action, { kind: 'propose', pre: pre.volume, post: post.volume, click: cursor.index, joining })
  }
  return (
    <>
      <p className="dim">Click the tumour with the cursor tool; what enhances around that point is proposed.</p>
      {images.length < 2 && (
        <Notice kind="info">Open a second phase of this series on the Images screen: two are needed, on one grid.</Notice>
      )}
      <div className="control">
        <span>Before</span>
        <Select
          aria-label="Phase before contrast"
          size="xs"
          placeholder="Choose"
          data={data}
          value={pre?.id ?? null}
          onChange={setPre}
        />
        <span>After</span>
        <Select aria-label="Phase after contrast" size="xs" data={data} value={post?.id ?? null} onChange={setPost} />
        <JoiningSwitch value={joining} onChange={setJoining} />
      </div>
      {known && pre?.id === known.before.id && (
        <p className="dim">
          Before contrast: the first of {known.phaseCount} phases by{' '}
          {known.by === 'files' ? 'the times in the files' : 'the order set under Enhancement curve'}.
        </p>
      )}
      {noBaseline && <Notice kind="warn">{say(noBaseline)}</Notice>}
      {problem !== undefined && (
        <Notice kind="error">
          A phase is not on the grid of the image that is drawn on. {maskWords().describeDifference(problem, 'phase')}
        </Notice>
      )}
      <div className="row wide">
        <Button
          size="compact-sm"
          variant={primary}
          disabled={isBusy || images.length < 2 || problem !== undefined}
          onClick={propose}
        >
          Propose at cursor
        </Button>
      </div>
    </>
  )
}
