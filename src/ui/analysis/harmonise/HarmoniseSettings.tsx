import { NativeSelect, NumberInput, Switch } from '@mantine/core'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { HarmoniseStep, Protocol } from '../../../core/protocol/protocol.ts'
import type { ColumnFacts } from '../../../io/tables/roles/columnFacts.ts'
import type { TextTable } from '../../../io/tables/tableFile.ts'
import { useSession } from '../../shared/session.ts'
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

/** Columns that may be kept: no outcome is offered. @param known what is seen of the columns of the files */
function listColumns({ columns, cells }: TextTable, known: readonly ColumnFacts[], taken: ReadonlySet<string | undefined>) {
  return columns.flatMap((name, at) => {
    if (taken.has(name)) return []
    const facts = known.find((one) => one.name === name)
    return [{ name, isNumeric: facts?.isNumeric ?? false, isIncomplete: (facts?.missing ?? 0) > 0 || cells.some((row) => row[at] === '') }] // prettier-ignore
  })
}

const withoutReference = ({ referenceBatch: _, ...others }: HarmoniseStep) => others

type Kept = Pick<HarmoniseStep, 'covariates' | 'factors'>

/** A covariate that is no number is one of categories. */
const keptAs = ({ covariates, factors }: Kept, name: string, isNumeric: boolean) => factors.includes(name) || (covariates.includes(name) && !isNumeric) ? 'factors' : covariates.includes(name) ? 'covariates' : 'none' // prettier-ignore

function keep({ covariates, factors }: Kept, name: string, as: string): Kept {
  const without = (names: readonly string[]) => names.filter((one) => one !== name)
  return {
    covariates: [...without(covariates), ...(as === 'covariates' ? [name] : [])],
    factors: [...without(factors), ...(as === 'factors' ? [name] : [])],
  }
}

export function HarmoniseSettings({ protocol, onProtocol }: { protocol: Protocol; onProtocol: (protocol: Protocol) => void }) {
  const { harmonise } = protocol
  const isOn = harmonise.method === 'combat'
  const { studyStore } = useSession()
  const study = useStore(studyStore, (state) => state.study)
  const clinical = useStore(studyStore, (state) => state.clinical)
  const tasks = useStore(studyStore, (state) => state.tasks)
  const door = useStore(studyStore, (state) => state.door)
  const batches = useMemo(() => [...new Set((study?.seenBatchOf ?? study?.batchOf)?.values())].sort(), [study])
  const columns = useMemo(() => {
    const taken = [protocol.outcome.column, protocol.cohort.column, protocol.patient, ...harmonise.batch, ...tasks.map(({ column }) => column)] // prettier-ignore
    const known = [...(door?.features.columns ?? []), ...(door?.clinical?.columns ?? [])]
    return clinical ? listColumns(clinical, known, new Set(taken)) : []
  }, [clinical, door, protocol, harmonise, tasks])
  return (
    <ProtocolPopover protocol={protocol} onProtocol={onProtocol}>
      {(change) => {
        const set = (part: Partial<HarmoniseStep>) => change({ harmonise: { ...harmonise, ...part } })
        const setReference = (batch: string) => {
          change({ harmonise: { ...withoutReference(harmonise), ...(batch !== '' && { referenceBatch: batch }) } })
        }
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
            {batches.length > 1 && (
              <NativeSelect
                label="Scanner that stays as it is"
                data={[{ value: '', label: 'none: all are brought to their mean' }, ...batches]}
                value={harmonise.referenceBatch ?? ''}
                disabled={!isOn}
                onChange={({ currentTarget: { value } }) => setReference(value)}
              />
            )}
            {columns.length > 0 && (
              <fieldset disabled={!isOn} className="kept">
                <legend>What must survive harmonising</legend>
                {columns.map(({ name, isNumeric, isIncomplete }) => (
                  <NativeSelect
                    key={name}
                    label={name}
                    data={[
                      { value: 'none', label: isIncomplete ? 'patients lack it' : 'not looked at' },
                      ...(isNumeric ? [{ value: 'covariates', label: 'kept, as a number' }] : []),
                      { value: 'factors', label: 'kept, as categories' },
                    ]}
                    value={keptAs(harmonise, name, isNumeric)}
                    // One that patients lack can only be taken back.
                    disabled={isIncomplete && keptAs(harmonise, name, isNumeric) === 'none'}
                    onChange={(event) => set(keep(harmonise, name, event.currentTarget.value))}
                  />
                ))}
                <p className="dim small">Differences between scanners that come of these columns are left in the features.</p>
              </fieldset>
            )}
            <p className="dim small">Batch: {harmonise.batch.join(', ')}. Columns are chosen under Cohorts.</p>
          </div>
        )
      }}
    </ProtocolPopover>
  )
}
