import type { ExtractionSettings } from '../../core/parameters/profiles/pyradiomics/parameters.ts'
import { knownSettings, type SettingName } from '../../core/parameters/profiles/pyradiomics/knownSettings.ts'

type SettingValue = ExtractionSettings[SettingName]

/** A number or list as it stands in its field; '' for none. */
export function writeSettingText(value: SettingValue): string {
  if (value === null) return ''
  if (Array.isArray(value)) return value.map((entry) => (typeof entry === 'object' ? entry.label : String(entry))).join(', ')
  return String(value)
}

/** What was typed; undefined if it cannot be read as this setting. Ranges are checked by the file's reader. */
export function readSettingText(name: SettingName, text: string): SettingValue | undefined {
  const { type, nullMeans } = knownSettings[name]
  const trimmed = text.trim()
  if (trimmed === '') {
    if (nullMeans === 'off') return null
    return name === 'sigma' ? [] : undefined
  }
  if (type.kind === 'integer' || type.kind === 'number') return readNumber(trimmed, type.kind)
  if (type.kind !== 'list') return undefined
  const parts = trimmed.split(/[\s,;]+/).filter(Boolean)
  const numbers = parts.map((part) => readNumber(part, type.of))
  if (numbers.some((number) => number === undefined)) return undefined
  if (type.lengths && !type.lengths.includes(numbers.length)) return undefined
  return (name === 'sigma' ? parts.map((label, i) => ({ mm: numbers[i], label })) : numbers) as SettingValue
}

function readNumber(text: string, kind: 'integer' | 'number'): number | undefined {
  const value = /^[+-]?inf(inity)?$/i.test(text) ? Infinity * (text.startsWith('-') ? -1 : 1) : Number(text)
  if (Number.isNaN(value) || (kind === 'integer' && !Number.isInteger(value))) return undefined
  return value
}
