import { Button } from '@mantine/core'
import { IconFolderPlus } from '@tabler/icons-react'
import { useRef } from 'react'
import { messageOf } from '../../core/messages/message.ts'
import type { NamedFile } from '../../state/images.ts'
import { canPickFolder, collectFiles, pickFolder } from './collectFiles.ts'
import { useSession } from './session.ts'

/** A folder of the study: a further one, or one that was given before. @param always its images are proposed, whatever is in it */
export function FolderButton({ label, always = false }: { label: string; always?: boolean }) {
  const { imagesStore, studyImporter } = useSession()
  const input = useRef<HTMLInputElement>(null)
  const take = (collecting: Promise<readonly NamedFile[]>) =>
    collecting
      .then(async (files) => files.length > 0 && (await studyImporter()).open(files, always))
      .catch((error: unknown) => imagesStore.getState().addProblem({ path: label, reason: messageOf(error) }))
  return (
    <>
      <Button
        leftSection={<IconFolderPlus size={15} />}
        onClick={() => (canPickFolder() ? void take(pickFolder()) : input.current?.click())}
      >
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        autoComplete="off"
        aria-label={label}
        data-testid="study-folder-input"
        {...{ webkitdirectory: '' }}
        onChange={(event) => {
          const picker = event.currentTarget
          void take(
            collectFiles(event.nativeEvent).then((files) => {
              picker.value = ''
              return files
            }),
          )
        }}
      />
    </>
  )
}
