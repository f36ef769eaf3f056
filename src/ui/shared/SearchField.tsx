import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { appWords } from '../../messages/words/appWords.ts'

interface SearchFieldProps {
  readonly className: string
  readonly label: string
  /** Hint in the empty field. */
  readonly hint: string
  readonly clear?: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Where words are looked for as they are typed, and taken away by a click. */
export function SearchField({ className, label, hint, clear = appWords().clearSearch, value, onChange }: SearchFieldProps) {
  return (
    <TextInput
      className={className}
      aria-label={label}
      placeholder={hint}
      leftSection={<IconSearch size={14} />}
      rightSection={value !== '' && <CloseButton size="xs" aria-label={clear} onClick={() => onChange('')} />}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
