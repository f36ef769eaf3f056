import { NumberInput } from '@mantine/core'

/** A number with its unit; what is no positive number is not taken over. */
export function LengthInput({
  label,
  unit = 'mm',
  value,
  step = 1,
  isNarrow = false,
  onChange,
}: {
  label: string
  unit?: string
  value: number
  step?: number
  /** Without arrows, which would take the room of the number; the arrow keys stay. */
  isNarrow?: boolean
  onChange: (value: number) => void
}) {
  return (
    <NumberInput
      aria-label={label}
      size="xs"
      suffix={` ${unit}`}
      min={0}
      step={step}
      hideControls={isNarrow}
      decimalScale={2}
      value={value}
      onChange={(entered) => typeof entered === 'number' && entered > 0 && onChange(entered)}
    />
  )
}
