import { Button, type ButtonProps } from '@mantine/core'
import { useRef } from 'react'

interface FilePickerProps extends Pick<ButtonProps, 'variant' | 'size' | 'leftSection'> {
  readonly label: string
  /** Endings, `.csv,.tsv`. */
  readonly accept: string
  readonly testId: string
  readonly onFile: (file: File) => void
}

/** A button by which a person chooses one file. */
export function FilePicker({ label, accept, testId, onFile, ...button }: FilePickerProps) {
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
        aria-label={label}
        autoComplete="off"
        data-testid={testId}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          // The same file may be chosen again, e.g. after it was corrected.
          event.currentTarget.value = ''
          if (file) onFile(file)
        }}
      />
    </>
  )
}
