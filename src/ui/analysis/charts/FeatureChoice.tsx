import { Select } from '@mantine/core'
import { useKey } from './useKey.ts'

interface FeatureChoiceProps {
  /** By what they are in order. */
  readonly label: string
  readonly features: readonly { readonly value: string; readonly label: string }[]
  readonly value: string
  readonly onChange: (feature: string) => void
}

/** Which feature a figure shows: searched for by name, or walked to by ↑ and ↓ in their order. */
export function FeatureChoice({ label, features, value, onChange }: FeatureChoiceProps) {
  const walk = (by: 1 | -1) => {
    const next = features[features.findIndex((feature) => feature.value === value) + by]
    if (next) onChange(next.value)
  }
  useKey('ArrowDown', () => walk(1))
  useKey('ArrowUp', () => walk(-1))
  return (
    <Select
      aria-label={`${label}; ↑ ↓ walk them`}
      title="↑ ↓ walk the features"
      className="featureChoice"
      searchable
      limit={200}
      data={[...features]}
      value={value}
      allowDeselect={false}
      onChange={(feature) => feature !== null && onChange(feature)}
      size="xs"
    />
  )
}
