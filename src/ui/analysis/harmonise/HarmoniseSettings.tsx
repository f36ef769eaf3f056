import { NumberInput, Switch } from '@mantine/core'
import type { HarmoniseStep, Protocol } from '../../../core/protocol/protocol.ts'
import { ProtocolPopover } from '../settings/ProtocolPopover.tsx'

/** In words, as the report will say it. */
const modes: readonly { readonly value: HarmoniseStep['mode']; readonly label: string; readonly told: string }[] = [
  {
    value: 'all patients, labels unseen',
    label: 'All patients (as in the paper)',
    told: 'Learnt from all cohorts; values of validation are seen, labels are not.',
  },
  {
    value: 'training only',
    label: 'Training only',
    told: 'Learnt from training; patients of a scanner that training lacks cannot be judged.',
  },
  {
    value: 'reference',
    label: 'Training as reference',
    told: 'Training stays as it is; each new scanner is brought to it from its own patients, labels unseen.',
  },
]

export function HarmoniseSettings({ protocol, onProtocol }: { protocol: Protocol; onProtocol: (protocol: Protocol) => void }) {
  const { harmonise } = protocol
  const isOn = harmonise.method === 'combat'
  return (
    <ProtocolPopover protocol={protocol} onProtocol={onProtocol}>
      {(change) => {
        const set = (part: Partial<HarmoniseStep>) => change({ harmonise: { ...harmonise, ...part } })
        return (
          <div className="harmoniseSettings">
            <Switch
              label="ComBat"
              checked={isOn}
              onChange={(event) => set({ method: event.currentTarget.checked ? 'combat' : 'none' })}
            />
            <fieldset disabled={!isOn}>
              <legend>Who it learns from</legend>
              {modes.map(({ value, label, told }) => (
                <label key={value} className="modeRow">
                  <input
                    type="radio"
                    name="harmonise-mode"
                    checked={harmonise.mode === value}
                    onChange={() => set({ mode: value })}
                  />
                  <span>
                    {label}
                    <span className="dim small">{told}</span>
                  </span>
                </label>
              ))}
            </fieldset>
            <Switch
              label="Parametric priors"
              checked={harmonise.parametric}
              disabled={!isOn}
              onChange={(event) => set({ parametric: event.currentTarget.checked })}
            />
            <Switch
              label="Mean only: scales stay"
              checked={harmonise.meanOnly}
              disabled={!isOn}
              onChange={(event) => set({ meanOnly: event.currentTarget.checked })}
            />
            {harmonise.mode === 'reference' && (
              <NumberInput
                label="Fewest patients of a new scanner"
                value={harmonise.minimumNewBatch}
                min={2}
                disabled={!isOn}
                onChange={(minimum) => typeof minimum === 'number' && set({ minimumNewBatch: minimum })}
              />
            )}
            <p className="dim small">
              Batch: {harmonise.batch.join(', ')}.
              {harmonise.covariates.length > 0 && ` Kept: ${harmonise.covariates.join(', ')}.`} Columns are chosen under Cohorts.
            </p>
          </div>
        )
      }}
    </ProtocolPopover>
  )
}
