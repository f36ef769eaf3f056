import { Button, type ButtonProps } from '@mantine/core'
import { useRef } from 'react'

interface FilePickerProps extends Pick<ButtonProps, 'variant' | 'size' | 'leftSection' | 'px' | 'disabled'> {
  readonly label: string
  /** Endings, `.csv,.tsv`. */
  readonly accept: string
  readonly testId: string
  /** Several may be chosen at once. */
  readonly multiple?: boolean
  /** @param more that were chosen with it */
  readonly onFile: (file: File, more: readonly File[]) => void
}

/** A button by which a person chooses a file. */
export function FilePicker({ label, accept, testId, multiple = false, onFile, ...button }: FilePickerProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button {...button} onClick={() => input.current?.click()}>
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
          if (file) onFile(file, more)
        }}
      />
    </>
  )
}
