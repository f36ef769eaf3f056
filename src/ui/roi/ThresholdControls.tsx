import { NumberInput, SegmentedControl } from '@mantine/core'
import type { ThresholdSetting, Viewer } from '../../viewer/index.ts'

/** Which grey levels the threshold brush paints. */
export function ThresholdControls({ viewer, threshold }: { viewer: Viewer; threshold: ThresholdSetting }) {
  const { mode, low, high, deviations, inverted } = threshold
  return (
    <div className="control">
      <span>Range</span>
      <SegmentedControl
        aria-label="Range of the threshold brush"
        value={mode}
        onChange={(value) => viewer.setThreshold({ mode: value })}
        data={[
          { value: 'adaptive', label: 'First touch' },
          { value: 'fixed', label: 'Fixed' },
        ]}
      />
      {mode === 'adaptive' && (
        <>
          <span>Mean ±</span>
          <LevelInput
            label="Standard deviations round the mean"
            suffix=" SD"
            value={deviations}
            onChange={(entered) => entered >= 0 && viewer.setThreshold({ deviations: entered })}
          />
        </>
      )}
      <span>Grey</span>
      <div className="row wide" style={{ flexWrap: 'nowrap' }}>
        <LevelInput
          label="Lowest grey level"
          value={low}
          onChange={(entered) => entered <= high && viewer.setThreshold({ low: entered, mode: 'fixed' })}
        />
        <LevelInput
          label="Highest grey level"
          value={high}
          onChange={(entered) => entered >= low && viewer.setThreshold({ high: entered, mode: 'fixed' })}
        />
      </div>
      <span>Paints</span>
      <SegmentedControl
        aria-label="What the threshold brush paints"
        value={inverted ? 'outside' : 'inside'}
        onChange={(value) => viewer.setThreshold({ inverted: value === 'outside' })}
        data={[
          { value: 'inside', label: 'In the range' },
          { value: 'outside', label: 'Outside it' },
        ]}
      />
    </div>
  )
}

function LevelInput({
  label,
  suffix = '',
  value,
  onChange,
}: {
  label: string
  suffix?: string
  value: number
  onChange: (value: number) => void
}) {
  return (
    <NumberInput
      aria-label={label}
      suffix={suffix}
      hideControls
      decimalScale={Math.abs(value) < 10 ? 3 : 1}
      value={value}
      onValueChange={({ floatValue }, { source }) => source === 'event' && floatValue !== undefined && onChange(floatValue)}
    />
  )
}
