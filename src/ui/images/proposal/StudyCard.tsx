import { Button } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { KeptImport } from '../../../storage/schema.ts'
import { say } from '../../../messages/say.ts'
import { formatCount } from '../../shared/formatNumber.ts'
import { Notice } from '../../shared/Notice.tsx'
import { useSession } from '../../shared/session.ts'
import { FolderBanner } from '../../shared/FolderBanner.tsx'
import { FolderButton } from '../../shared/FolderButton.tsx'
import './proposal.css'

/** The study that folders became: how large it is, a folder more, and the last one taken back. */
export function StudyCard() {
  const { roiStore, screenStore, studyImporter, workListStore } = useSession()
  const labels = useStore(workListStore, ({ importedLabels }) => importedLabels)
  const notice = useStore(roiStore, (state) => state.notice)
  const patients = useMemo(() => new Set(labels.values()).size, [labels])
  const [last, setLast] = useState<KeptImport | null>(null)
  useEffect(() => {
    void studyImporter()
      .then(({ lastImport }) => lastImport())
      .then(setLast)
  }, [labels, studyImporter])
  const undo = () => void studyImporter().then((importer) => importer.undo())
  return (
    <section className="card studyCard" aria-label="Study">
      <div className="row">
        <div style={{ flex: 1 }}>
          <h2>
            {formatCount(patients)} {patients === 1 ? 'patient' : 'patients'}, {formatCount(labels.size)} images in the study
          </h2>
          <p className="dim">An image is read when its patient is opened on the work list; below are those that are open now.</p>
        </div>
        {last && (
          <Button title={`${last.patients.length} patients and ${last.images.length} images came with it`} onClick={undo}>
            Take back the last import
          </Button>
        )}
        <FolderButton label="Add folder" always />
        <Button
          onClick={() => {
            screenStore.getState().showList(true)
            screenStore.getState().show('roi')
          }}
        >
          Work list
        </Button>
      </div>
      <FolderBanner />
      {notice && (
        <Notice kind="info" onClose={roiStore.getState().dismissNotice}>
          {say(notice)}
        </Notice>
      )}
    </section>
  )
}
