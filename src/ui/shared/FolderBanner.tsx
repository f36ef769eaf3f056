import { Button } from '@mantine/core'
import { IconFileZip } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { messageOf } from '../../core/messages/message.ts'
import type { StudyFolder } from '../../state/folders.ts'
import { canPickStudyFile, pickStudyFile } from './collectFiles.ts'
import { FilePicker } from './FilePicker.tsx'
import { formatCount } from './formatNumber.ts'
import { FolderButton } from './FolderButton.tsx'
import { Notice } from './Notice.tsx'
import { useSession } from './session.ts'
import { appWords } from '../../messages/words/appWords.ts'

/** Folders whose images are not at hand, and what to do about it: all that needs no voxels works meanwhile. */
export function FolderBanner() {
  const { foldersStore } = useSession()
  const folders = useStore(foldersStore, (state) => state.folders)
  return folders.map((folder) => (
    <Notice key={`${folder.id} ${folder.state}`} kind="warn">
      <div className="row">
        <span style={{ flex: 1 }}>{describe(folder)}</span>
        <Act folder={folder} />
      </div>
    </Notice>
  ))
}

function Act({ folder: { id, state, isFile } }: { folder: StudyFolder }) {
  const { imagesStore, studyImporter } = useSession()
  const words = appWords().folders
  if (state === 'never') return <FolderButton label={words.giveTheirs} />
  const give = (file: File, handle?: FileSystemFileHandle) =>
    studyImporter()
      .then(({ giveStudyFile }) => giveStudyFile(id!, file, handle))
      .catch((error: unknown) => imagesStore.getState().addProblem({ path: file.name, reason: messageOf(error) }))
  const again = isFile ? (
    <FilePicker
      label={words.giveFileAgain}
      leftSection={<IconFileZip size={15} />}
      accept=".zip"
      testId="study-file-again-input"
      pick={canPickStudyFile() ? pickStudyFile : undefined}
      onFile={(file, { handle }) => void give(file, handle)}
    />
  ) : (
    <FolderButton label={words.giveAgain} />
  )
  if (id === null || state === 'gone' || state === 'again') return again
  return (
    <>
      <Button onClick={() => void studyImporter().then(({ connect }) => connect(id))}>{words.connect}</Button>
      {state === 'refused' && again}
    </>
  )
}

function describe({ id, name, state, images, isFile }: StudyFolder): string {
  const words = appWords().folders
  const count = words.images(formatCount(images), images === 1)
  if (state === 'never') return words.never(count)
  if (id === null) return words.unknown(count)
  if (state === 'again') return words.fileAgain(name, count)
  const place = isFile ? words.studyFile(name) : words.folder(name)
  if (state === 'gone') return words.gone(place, count)
  if (state === 'refused') return words.refused(place, count)
  return words.apart(place, count)
}
