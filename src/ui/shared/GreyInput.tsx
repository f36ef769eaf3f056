import { NumberInput } from '@mantine/core'

/** A grey level to type, with as many digits as its size calls for. */
export function GreyInput({
  label,
  prefix,
  value,
  onChange,
}: {
  label: string
  prefix: string
  value: number
  onChange: (value: number) => void
}) {
  return (
    <NumberInput
      aria-label={label}
      // Not the input's own prefix, which a minus would be put before: "-L 600".
      leftSection={prefix}
      leftSectionWidth={28}
      leftSectionPointerEvents="none"
      hideControls
      decimalScale={Math.abs(value) < 10 ? 3 : 1}
      value={value}
      onChange={(entered) => typeof entered === 'number' && entered !== value && onChange(entered)}
    />
  )
}
