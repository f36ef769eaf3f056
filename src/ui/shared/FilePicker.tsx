import { Button, type ButtonProps } from '@mantine/core'
import { useRef } from 'react'

interface FilePickerProps extends Pick<ButtonProps, 'variant' | 'size' | 'leftSection' | 'px' | 'disabled'> {
  readonly label: string
  /** Endings, `.csv,.tsv`. */
  readonly accept: string
  readonly testId: string
  /** Several may be chosen at once. */
  readonly multiple?: boolean
  /** Where the browser has a way by which it can read the file again: that in place of its usual one. */
  readonly pick?: (() => Promise<{ readonly file: File; readonly handle: FileSystemFileHandle } | null>) | undefined
  readonly onFile: (file: File, beside: Beside) => void
}

/** What comes with a chosen file. */
interface Beside {
  /** Others that were chosen at once. */
  readonly more: readonly File[]
  /** By which `pick` can read it again. */
  readonly handle?: FileSystemFileHandle
}

/** A button by which a person chooses a file. */
export function FilePicker({ label, accept, testId, multiple = false, pick, onFile, ...button }: FilePickerProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button
        {...button}
        onClick={() =>
          pick
            ? void pick().then((found) => found && onFile(found.file, { more: [], handle: found.handle }))
            : input.current?.click()
        }
      >
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        multiple={multiple}
        aria-label={label}
        autoComplete="off"
        data-testid={testId}
        onChange={(event) => {
          const [file, ...more] = event.currentTarget.files ?? []
          // The same file may be chosen again, e.g. after it was corrected.
          event.currentTarget.value = ''
          if (file) onFile(file, { more })
        }}
      />
    </>
  )
}
