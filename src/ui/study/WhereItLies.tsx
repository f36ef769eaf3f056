import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { listSome } from '../../messages/listSome.ts'
import { useStore } from 'zustand'
import type { StudyView } from '../../state/viewStudy.ts'
import { Facts } from '../shared/Facts.tsx'
import { formatBytes, formatCount } from '../shared/formatNumber.ts'
import { Panel } from '../shared/Panel.tsx'
import { useSession } from '../shared/session.ts'
import { studyWords } from '../../messages/words/studyWords.ts'

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
  const words = studyWords()
  return (
    <Panel title={words.whereItLies}>
      <Facts
        entries={[
          [words.folders, linked.length > 0 ? words.linked(listSome(linked)) : words.givenEachTime],
          [
            words.images,
            away === 0 ? (
              <span className="safeText">{words.atHand(formatCount(images))}</span>
            ) : (
              <span className="warnText">{words.notAtHand(formatCount(away), formatCount(images))}</span>
            ),
          ],
          [words.inThisBrowser, usedBytes === null ? words.recordsRoisFeatures : formatBytes(usedBytes)],
          [
            words.itIsKept,
            promise === 'keeps' ? (
              <span className="safeText">{words.untilDeleted}</span>
            ) : (
              <span className="warnText">{words.mayBeCleared}</span>
            ),
          ],
        ]}
      />
      {promise === 'mayDelete' && (
        <Button onClick={() => void browserKeepingStore.getState().ask({ again: true })}>{words.askToKeep}</Button>
      )}
    </Panel>
  )
}
