import { Button } from '@mantine/core'
import { IconFileZip, IconFolder, IconUsers } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { canPickFolder, canPickStudyFile, collectFiles, pickFolder, pickStudyFile } from '../shared/collectFiles.ts'
import type { NamedFile } from '../../state/images.ts'
import { useSession } from '../shared/session.ts'
import { FilePicker } from '../shared/FilePicker.tsx'
import { studyWords } from '../../messages/words/studyWords.ts'

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
  const words = studyWords()
  return (
    <div className="screen main">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            {words.title}
          </h1>
          <p className="dim">{words.howItBegins}</p>
        </div>
      </header>
      <section className="dropZone empty" aria-label={words.begin}>
        <IconUsers size={38} stroke={1.3} color="var(--teal)" aria-hidden />
        <p className="lead">{words.dropFolder}</p>
        <p className="dim">{words.dropHint}</p>
        <div className="row">
          <Button
            variant="filled"
            size="sm"
            leftSection={<IconFolder size={16} />}
            onClick={() => (canPickFolder() ? void pickFolder().then(open) : input.current?.click())}
          >
            {words.chooseFolder}
          </Button>
          <FilePicker
            label={words.openStudyFile}
            size="sm"
            leftSection={<IconFileZip size={16} />}
            accept=".zip"
            testId="study-file-input"
            pick={canPickStudyFile() ? pickStudyFile : undefined}
            onFile={(file, { handle }) => void openStudyFile(file, handle)}
          />
          <Button size="sm" disabled={isMaking} onClick={openSample}>
            {isMaking ? words.makingSample : words.openSample}
          </Button>
        </div>
        <input
          ref={input}
          type="file"
          hidden
          multiple
          autoComplete="off"
          aria-label={words.chooseFolder}
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
