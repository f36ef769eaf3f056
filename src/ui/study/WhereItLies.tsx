import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { listSome } from '../../messages/listSome.ts'
import { useStore } from 'zustand'
import type { StudyView } from '../../state/viewStudy.ts'
import { Facts } from '../shared/Facts.tsx'
import { formatBytes, formatCount } from '../shared/formatNumber.ts'
import { Panel } from '../shared/Panel.tsx'
import { useSession } from '../shared/session.ts'

/** Where images and work are, and how sure it is that they stay. */
export function WhereItLies({ view }: { view: StudyView }) {
  const { browserKeepingStore, foldersStore, studyImporter, workListStore } = useSession()
  const [linked, setLinked] = useState<readonly string[]>([])
  useEffect(() => {
    void studyImporter()
      .then(({ linkedFolders }) => linkedFolders())
      .then(setLinked)
  }, [studyImporter, view])
  const folders = useStore(foldersStore, (state) => state.folders)
  const images = useStore(workListStore, ({ records }) => records?.images.length ?? 0)
  const { promise, usedBytes } = useStore(browserKeepingStore)
  useEffect(() => void browserKeepingStore.getState().look(), [browserKeepingStore, view])
  const away = folders.reduce((sum, folder) => sum + folder.images, 0)
  return (
    <Panel title="Where it lies">
      <Facts
        entries={[
          ['Folders', linked.length > 0 ? `${listSome(linked)}, linked` : 'given at each visit'],
          [
            'Images',
            away === 0 ? (
              <span className="safeText">{formatCount(images)} at hand</span>
            ) : (
              <span className="warnText">
                {formatCount(away)} of {formatCount(images)} not at hand
              </span>
            ),
          ],
          ['In this browser', usedBytes === null ? 'records, ROIs, features' : formatBytes(usedBytes)],
          [
            'It is kept',
            promise === 'keeps' ? (
              <span className="safeText">until you delete it</span>
            ) : (
              <span className="warnText">may be cleared</span>
            ),
          ],
        ]}
      />
      {promise === 'mayDelete' && (
        <Button onClick={() => void browserKeepingStore.getState().ask({ again: true })}>Ask the browser to keep it</Button>
      )}
    </Panel>
  )
}
