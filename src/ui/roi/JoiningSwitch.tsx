import { SegmentedControl } from '@mantine/core'
import type { Joining } from '../../../workers/maskBridge.ts'

/** What becomes of the region that was there before. */
export function JoiningSwitch({ value, onChange }: { value: Joining; onChange: (value: Joining) => void }) {
  return (
    <>
      <span>ROI so far</span>
      <SegmentedControl
        aria-label="What becomes of the ROI so far"
        size="xs"
        value={value}
        onChange={(chosen) => onChange(chosen)}
        data={[
          { value: 'add', label: 'Keep, add' },
          { value: 'replace', label: 'Replace' },
        ]}
      />
    </>
  )
}
