import { Button } from '@mantine/core'
import { IconFileZip, IconFolder, IconUsers } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { canPickFolder, canPickStudyFile, collectFiles, pickFolder, pickStudyFile } from '../shared/collectFiles.ts'
import type { NamedFile } from '../../state/images.ts'
import { useSession } from '../shared/session.ts'
import { FilePicker } from '../shared/FilePicker.tsx'

/** How a study begins. */
export function EmptyStudy() {
  const { openFiles, openSampleStudy, openStudyFile, screenStore } = useSession()
  const [isMaking, setIsMaking] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  /** What comes of them, and what is wrong with them, is told there. */
  const open = (files: readonly NamedFile[]) => {
    if (files.length === 0) return
    screenStore.getState().show('images')
    void openFiles(files)
  }
  const openSample = () => {
    setIsMaking(true)
    void openSampleStudy().finally(() => setIsMaking(false))
  }
  return (
    <div className="screen main">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            Who is in the study?
          </h1>
          <p className="dim">
            A study begins with folders of images of several patients. Here is then who is in and who is left out, and why.
          </p>
        </div>
      </header>
      <section className="dropZone empty" aria-label="Begin a study">
        <IconUsers size={38} stroke={1.3} color="var(--teal)" aria-hidden />
        <p className="lead">Drop a folder with the images of all patients</p>
        <p className="dim">
          Several folders are several centres. Images stay where they are and on this machine. A study that was saved to a file
          can be dropped here too.
        </p>
        <div className="row">
          <Button
            variant="filled"
            size="sm"
            leftSection={<IconFolder size={16} />}
            onClick={() => (canPickFolder() ? void pickFolder().then(open) : input.current?.click())}
          >
            Choose a folder
          </Button>
          <FilePicker
            label="Open a study file"
            size="sm"
            leftSection={<IconFileZip size={16} />}
            accept=".zip"
            testId="study-file-input"
            pick={canPickStudyFile() ? pickStudyFile : undefined}
            onFile={(file, { handle }) => void openStudyFile(file, handle)}
          />
          <Button size="sm" disabled={isMaking} onClick={openSample}>
            {isMaking ? 'Making its images …' : 'Open the sample study'}
          </Button>
        </div>
        <input
          ref={input}
          type="file"
          hidden
          multiple
          autoComplete="off"
          aria-label="Choose a folder"
          data-testid="new-study-input"
          {...{ webkitdirectory: '' }}
          onChange={(event) => {
            const picker = event.currentTarget
            void collectFiles(event.nativeEvent).then((files) => {
              picker.value = ''
              open(files)
            })
          }}
        />
      </section>
    </div>
  )
}
