import { Button, Progress } from '@mantine/core'
import { useStore } from 'zustand'
import { useSession } from '../../shared/session.ts'
import { MaskProposal } from './MaskProposal.tsx'
import { Proposal } from './Proposal.tsx'
import './proposal.css'
import '../../../messages/sayImages.ts'

/** Folders on their way into the study: listed, then proposed. */
export function StudyImport() {
  const { studyImportStore, studyImporter } = useSession()
  const state = useStore(studyImportStore)
  if (state.status === 'proposed') return <Proposal state={state} />
  if (state.status === 'masks') return <MaskProposal state={state} />
  if (state.status === 'none') return null
  const { reads, name, done, total } = state
  return (
    <div className="screen main">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            What is in these folders?
          </h1>
          <p className="dim">
            {reads === 'headers'
              ? 'Headers are read, no images yet: what is not needed is never read. Nothing leaves this machine.'
              : 'Files that may be masks of the study’s patients are read. Nothing leaves this machine.'}
          </p>
        </div>
      </header>
      <div className="notice" role="status">
        <div className="body">
          <div className="row">
            <span className="ellipsis" style={{ flex: 1 }}>
              {name}
            </span>
            <span className="dim number">
              {done} of {total} files
            </span>
            <Button size="compact-xs" onClick={() => void studyImporter().then(({ cancel }) => cancel())}>
              Cancel
            </Button>
          </div>
          <Progress mt={6} size="sm" value={total > 0 ? (100 * done) / total : 0} aria-label="Files looked at" />
        </div>
      </div>
    </div>
  )
}
