import { Button } from '@mantine/core'
import { IconFolderPlus } from '@tabler/icons-react'
import { useRef } from 'react'
import { useSession } from '../../shared/session.ts'
import { collectFiles } from '../useFileDrop.ts'

/** A folder more for the study, whatever is in it. */
export function AddFolder() {
  const { studyImporter } = useSession()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button leftSection={<IconFolderPlus size={15} />} onClick={() => input.current?.click()}>
        Add folder
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        autoComplete="off"
        aria-label="Add folder"
        data-testid="add-folder-input"
        {...{ webkitdirectory: '' }}
        onChange={(event) => {
          const picker = event.currentTarget
          void collectFiles(event.nativeEvent).then(async (files) => {
            picker.value = ''
            if (files.length > 0) await (await studyImporter()).open(files, true)
          })
        }}
      />
    </>
  )
}
