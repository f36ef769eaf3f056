import { Button } from '@mantine/core'
import { IconBrain, IconFile, IconFolder, IconRibbonHealth, IconStack2, IconUsers } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { sampleCases } from '../../state/sampleCases.ts'
import { canPickFolder, collectFiles, pickFolder } from '../shared/collectFiles.ts'
import { LearnLinks } from '../shared/LearnLinks.tsx'
import { useSession } from '../shared/session.ts'

const sampleIcons = { brain1: IconBrain, breast1: IconRibbonHealth }

/** Where files come in. The drop itself is taken anywhere on the page. */
export function DropZone({ isOver, isEmpty }: { isOver: boolean; isEmpty: boolean }) {
  const { openSample } = useSession()
  return (
    <section className={`dropZone${isEmpty ? ' empty' : ''}${isOver ? ' over' : ''}`} aria-label="Open images">
      {isEmpty && <IconStack2 size={38} stroke={1.3} color="var(--teal)" aria-hidden />}
      <p className={isEmpty ? 'lead' : 'dim'}>
        {isEmpty ? 'Drop a folder or files' : 'Drop more files or a folder anywhere on this page'}
      </p>
      <div className="row">
        <FilePicker label="Choose files" folder={false} isFirst={isEmpty} />
        <FilePicker label="Choose a folder" folder isFirst={false} />
      </div>
      {isEmpty && <p className="dim">or start with a sample case, one click for image and mask</p>}
      <div className="samples">
        {sampleCases.map((sample) => {
          const Icon = sampleIcons[sample.id as keyof typeof sampleIcons]
          return (
            <button key={sample.id} type="button" className="sample" onClick={() => void openSample(sample)}>
              <span className="row">
                <Icon size={19} stroke={1.5} color="var(--roi)" aria-hidden />
                <strong>{sample.title}</strong>
                <span className="dim">{sample.id}</span>
              </span>
              <span className="dim">{sample.size.join(' × ')} voxels, with a tumour mask</span>
            </button>
          )
        })}
        {isEmpty && <SampleStudy />}
      </div>
      {isEmpty && <LearnLinks />}
    </section>
  )
}

/** Six patients that nobody ever examined; made when they are asked for. */
function SampleStudy() {
  const { openSampleStudy } = useSession()
  const [isMaking, setIsMaking] = useState(false)
  const open = () => {
    setIsMaking(true)
    void openSampleStudy().finally(() => setIsMaking(false))
  }
  return (
    <button type="button" className="sample" disabled={isMaking} onClick={open}>
      <span className="row">
        <IconUsers size={19} stroke={1.5} color="var(--roi)" aria-hidden />
        <strong>Open the sample study</strong>
      </span>
      <span className="dim">{isMaking ? 'Making its images …' : '6 simulated patients of two centres, as DICOM'}</span>
    </button>
  )
}

function FilePicker({
  label,
  folder,
  isFirst,
}: {
  label: string
  folder: boolean
  /** What is to be done first on the page. */
  isFirst: boolean
}) {
  const { openFiles } = useSession()
  const input = useRef<HTMLInputElement>(null)
  const Icon = folder ? IconFolder : IconFile
  return (
    <>
      <Button
        variant={isFirst ? 'filled' : 'default'}
        size="sm"
        leftSection={<Icon size={16} />}
        onClick={() =>
          folder && canPickFolder()
            ? void pickFolder().then((files) => (files.length > 0 ? openFiles(files) : undefined))
            : input.current?.click()
        }
      >
        {label}
      </Button>
      <input
        autoComplete="off"
        ref={input}
        type="file"
        hidden
        multiple
        aria-label={label}
        data-testid={folder ? 'folder-input' : 'file-input'}
        {...(folder ? { webkitdirectory: '' } : {})}
        onChange={(event) => {
          const picker = event.currentTarget
          void collectFiles(event.nativeEvent).then((files) => {
            // The same file may be chosen again, e.g. after it was corrected.
            picker.value = ''
            return openFiles(files)
          })
        }}
      />
    </>
  )
}
