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
      prefix={prefix}
      hideControls
      decimalScale={Math.abs(value) < 10 ? 3 : 1}
      value={value}
      onChange={(entered) => typeof entered === 'number' && entered !== value && onChange(entered)}
    />
  )
}
