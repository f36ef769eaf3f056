interface RangeRowProps {
  readonly label: string
  readonly kind?: 'positive' | 'negative' | undefined
  readonly least: number
  readonly most: number
  readonly step: number
  readonly value: number
  readonly told: string
  readonly className?: string | undefined
  onChange(value: number): void
}

/** A number that is set by hand or by arrows, with its value at the right. */
export function RangeRow({ label, kind, least, most, step, value, told, className, onChange }: RangeRowProps) {
  return (
    <label className="playSlider">
      <span className="row">
        {kind && <i className={`classSwatch ${kind}`} />}
        {label}
        <b className="number">{told}</b>
      </span>
      <input
        type="range"
        className={kind ?? className}
        min={least}
        max={most}
        step={step}
        value={value}
        aria-label={label}
        aria-valuetext={told}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
      />
    </label>
  )
}
