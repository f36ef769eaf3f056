import { NativeSelect, NumberInput } from '@mantine/core'
import type { CohortChoice } from '../../../io/tables/roles/studyChoice.ts'

type Split = Extract<CohortChoice, { kind: 'split' }>

/** How patients are drawn who are held out. Loaded when it is shown: fields of numbers weigh as much as the rest of the way in. */
export function SplitSettings({ split, onChange }: { readonly split: Split; readonly onChange: (split: Split) => void }) {
  return (
    <>
      <NumberInput
        label="Share held out"
        value={split.share}
        min={0.05}
        max={0.9}
        step={0.05}
        decimalScale={2}
        onChange={(share) => typeof share === 'number' && share > 0 && share < 1 && onChange({ ...split, share })}
      />
      <NumberInput
        label="Seed"
        value={split.seed}
        min={0}
        allowDecimal={false}
        onChange={(seed) => typeof seed === 'number' && onChange({ ...split, seed })}
      />
      <NativeSelect
        label="Drawn"
        data={[
          { value: 'yes', label: 'the same share of each outcome' },
          { value: 'no', label: 'of all patients' },
        ]}
        value={split.stratified ? 'yes' : 'no'}
        onChange={(event) => onChange({ ...split, stratified: event.currentTarget.value === 'yes' })}
      />
    </>
  )
}
