import { Button } from '@mantine/core'
import { useStore } from 'zustand'
import type { StudyFolder } from '../../state/folders.ts'
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

function Act({ folder: { id, state } }: { folder: StudyFolder }) {
  const { studyImporter } = useSession()
  if (state === 'never') return <FolderButton label="Give their folder" />
  const again = <FolderButton label="Give the folder again" />
  if (id === null || state === 'gone') return again
  return (
    <>
      <Button onClick={() => void studyImporter().then(({ connect }) => connect(id))}>Connect</Button>
      {state === 'refused' && again}
    </>
  )
}

function describe({ id, name, state, images }: StudyFolder): string {
  const count = `${formatCount(images)} ${images === 1 ? 'image' : 'images'}`
  if (state === 'never')
    return `${count} of the study came with a study file, which holds no images: give their folder to see them. ROIs and features are here.`
  if (id === null) return `${count} of the study cannot be read until their folder is given again. ROIs and features are here.`
  if (state === 'gone')
    return `Folder ${name} is not where it was: its ${count} cannot be read until it is given again. ROIs and features are here.`
  if (state === 'refused')
    return `The browser was not allowed to read folder ${name}: its ${count} cannot be read until you allow it, or give the folder again. ROIs and features are here.`
  return `Folder ${name} is not connected. Its ${count} are there, ROIs and features are here.`
}
