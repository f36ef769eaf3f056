import { Select, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ExtractionSettings } from '../../core/parameters/profiles/pyradiomics/parameters.ts'
import { knownSettings, type SettingName } from '../../core/parameters/profiles/pyradiomics/knownSettings.ts'
import { settingsWords } from '../../messages/words/settingsWords.ts'
import { readSettingText, writeSettingText } from './settingText.ts'

interface SettingFieldProps {
  readonly name: SettingName
  readonly value: ExtractionSettings[SettingName]
  readonly onChange: (value: ExtractionSettings[SettingName]) => void
  /** Whether what is typed can be read. */
  readonly onReadable: (readable: boolean) => void
}

/** Help below: fields that stand beside each other are on one line, however long their helps are. */
const order: ('label' | 'input' | 'error' | 'description')[] = ['label', 'input', 'error', 'description']

/** One setting with its help, as a switch, a choice or a text that holds numbers. */
export function SettingField({ name, value, onChange, onReadable }: SettingFieldProps) {
  const { label, help, unit } = settingsWords().settingWords[name]
  const { type, nullMeans } = knownSettings[name]
  const title = unit ? `${label}, ${unit}` : label
  if (type.kind === 'boolean') {
    return (
      <Switch
        label={title}
        description={help}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    )
  }
  if (type.kind === 'choice') {
    return (
      <Select
        label={title}
        description={help}
        inputWrapperOrder={order}
        searchable={type.choices.length > 12}
        clearable={nullMeans === 'off'}
        value={value === null ? null : String(value)}
        onChange={onChange}
        data={[...type.choices]}
      />
    )
  }
  return <NumbersField title={title} help={help} name={name} value={value} onChange={onChange} onReadable={onReadable} />
}

function NumbersField({ title, help, name, value, onChange, onReadable }: SettingFieldProps & { title: string; help: string }) {
  const [text, setText] = useState(() => writeSettingText(value))
  const isUnreadable = readSettingText(name, text) === undefined
  const lengths = knownSettings[name].type.kind === 'list' ? knownSettings[name].type.lengths : undefined
  return (
    <TextInput
      label={title}
      description={help}
      inputWrapperOrder={order}
      value={text}
      error={isUnreadable && (lengths ? `Give ${lengths.join(' or ')} numbers, separated by commas.` : 'Give a number.')}
      onChange={(event) => {
        const typed = event.currentTarget.value
        const read = readSettingText(name, typed)
        setText(typed)
        onReadable(read !== undefined)
        if (read !== undefined) onChange(read)
      }}
    />
  )
}
