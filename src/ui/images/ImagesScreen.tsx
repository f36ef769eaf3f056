import { Button, Progress } from '@mantine/core'
import { useStore } from 'zustand'
import { listSome } from '../../messages/listSome.ts'
import { say } from '../../messages/say.ts'
import { FileProblems, KeptRois, StudyCard, StudyImport, VolumeList } from './laterParts.ts'
import { FailureBoundary } from '../shared/FailureBoundary.tsx'
import { Notice } from '../shared/Notice.tsx'
import { DropZone } from './DropZone.tsx'
import { Questions } from './Questions.tsx'
import { SeenSliceView } from './SeenSliceView.tsx'
import { useSession } from '../shared/session.ts'
import './images.css'

/** Which images are there: the way in for files, and what was found in them. */
export function ImagesScreen({ isOver }: { isOver: boolean }) {
  const { imagesStore, studyImportStore, workListStore } = useSession()
  const isImport = useStore(studyImportStore, ({ status }) => status !== 'none')
  const hasStudy = useStore(workListStore, ({ importedLabels }) => importedLabels.size > 0)
  const isEmpty = useStore(imagesStore, ({ volumes }) => volumes.length === 0)
  const hasProblems = useStore(imagesStore, ({ problems }) => problems.length > 0)
  if (isImport)
    return (
      <FailureBoundary>
        <StudyImport />
      </FailureBoundary>
    )
  return (
    <div className="screen main">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            {isEmpty ? 'Which images do you have?' : 'Which image, and which mask?'}
          </h1>
          <p className="dim">
            {isEmpty
              ? 'DICOM with its segmentations and structure sets, NIfTI, NRRD and MetaImage. They are read in this page and stay on this machine.'
              : 'Open an image to see and draw on it. A mask is laid on the open image and checked before it is used. What is on this list comes back with the page until you close it; images of the study come with their patient.'}
          </p>
        </div>
      </header>
      <ReadingBar />
      {hasProblems && (
        <FailureBoundary>
          <FileProblems />
        </FailureBoundary>
      )}
      <NotKept />
      <Questions />
      {hasStudy && (
        <FailureBoundary>
          <StudyCard />
        </FailureBoundary>
      )}
      {!isEmpty && (
        <FailureBoundary>
          <VolumeList />
        </FailureBoundary>
      )}
      <DropZone isOver={isOver} isEmpty={isEmpty} />
      <FailureBoundary>
        <KeptRois />
      </FailureBoundary>
    </div>
  )
}

/** How far reading is; one file or series counts its parts. By itself: the list is not to be made again at each part. */
function ReadingBar() {
  const { imagesStore } = useSession()
  const reading = useStore(imagesStore, (state) => state.reading)
  const waiting = useStore(imagesStore, (state) => state.waiting)
  if (reading.status === 'idle') return null
  const { name, step, done, total, seen, isRestoring } = reading
  const doing = step ? say(step) : name
  const told = total === 1 ? `${Math.floor(100 * done)} %` : `${Math.floor(done)} of ${total}`
  return (
    <div className="notice" role="status">
      <div className="body">
        <div className="row">
          <span className="ellipsis" style={{ flex: 1 }}>
            {isRestoring ? `From your last visit: ${doing}` : doing}
          </span>
          <span className="dim number">{total > 0 && told}</span>
          <Button size="compact-xs" variant="default" onClick={imagesStore.getState().cancelReading}>
            {waiting.length > 0 ? 'Cancel all' : 'Cancel'}
          </Button>
        </div>
        <Progress
          mt={6}
          size="sm"
          value={total > 0 ? (100 * done) / total : 2}
          animated={total === 0}
          aria-label="Reading progress"
        />
        {waiting.length > 0 && <p className="dim">Then {listSome(waiting)}</p>}
        {seen && <SeenSliceView seen={seen} />}
      </div>
    </div>
  )
}

/** Images that must be chosen again another time. */
function NotKept() {
  const { openedStore } = useSession()
  const { notKept, reason, dismiss } = useStore(openedStore)
  if (notKept.length === 0) return null
  return (
    <Notice kind="warn" onClose={dismiss}>
      {listSome(notKept)} {notKept.length === 1 ? 'does' : 'do'} not come back with the page:{' '}
      {reason === null ? 'this browser has no more room for images' : `this browser does not keep files (${reason})`}. ROIs are
      kept; choose the files again next time.
    </Notice>
  )
}
