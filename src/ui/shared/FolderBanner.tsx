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
  if (state === 'never') return <FolderButton label="Give their folder" />
  const give = (file: File, handle?: FileSystemFileHandle) =>
    studyImporter()
      .then(({ giveStudyFile }) => giveStudyFile(id!, file, handle))
      .catch((error: unknown) => imagesStore.getState().addProblem({ path: file.name, reason: messageOf(error) }))
  const again = isFile ? (
    <FilePicker
      label="Give the file again"
      leftSection={<IconFileZip size={15} />}
      accept=".zip"
      testId="study-file-again-input"
      pick={canPickStudyFile() ? pickStudyFile : undefined}
      onFile={(file, { handle }) => void give(file, handle)}
    />
  ) : (
    <FolderButton label="Give the folder again" />
  )
  if (id === null || state === 'gone' || state === 'again') return again
  return (
    <>
      <Button onClick={() => void studyImporter().then(({ connect }) => connect(id))}>Connect</Button>
      {state === 'refused' && again}
    </>
  )
}

function describe({ id, name, state, images, isFile }: StudyFolder): string {
  const count = `${formatCount(images)} ${images === 1 ? 'image' : 'images'}`
  const place = isFile ? `Study file ${name}` : `Folder ${name}`
  if (state === 'never')
    return `${count} of the study came with a study file, which does not hold them: give their folder to see them. ROIs and features are here.`
  if (id === null) return `${count} of the study cannot be read until their folder is given again. ROIs and features are here.`
  if (state === 'again')
    return `${count} of the study lie in ${name}, which this browser cannot read by itself: give the file again to see them. ROIs and features are here.`
  if (state === 'gone')
    return `${place} is not where it was: its ${count} cannot be read until it is given again. ROIs and features are here.`
  if (state === 'refused')
    return `The browser was not allowed to read ${isFile ? 'study file' : 'folder'} ${name}: its ${count} cannot be read until you allow it, or give the ${isFile ? 'file' : 'folder'} again. ROIs and features are here.`
  return `${place} is not connected. Its ${count} are there, ROIs and features are here.`
}
