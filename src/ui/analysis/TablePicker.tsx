import { Button } from '@mantine/core'
import { useRef } from 'react'

interface TablePickerProps {
  readonly label: string
  readonly isFirst?: boolean
  readonly onFile: (file: File) => void
}

/** Where a table comes in; a drop is taken anywhere on the page. */
export function TablePicker({ label, isFirst = false, onFile }: TablePickerProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button variant={isFirst ? 'filled' : 'default'} size={isFirst ? 'sm' : 'xs'} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.xlsx,.parquet,.gz"
        aria-label={label}
        autoComplete="off"
        data-testid="table-input"
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
