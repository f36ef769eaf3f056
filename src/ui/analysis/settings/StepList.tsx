import { Button, NumberInput, Select, Switch } from '@mantine/core'
import type { StepField } from './stepFields.ts'

interface Step {
  readonly method: string
}

export interface StepListProps<Any extends Step> {
  readonly steps: readonly Any[]
  readonly titleOf: (step: Any) => string
  readonly fieldsOf: (step: Any) => readonly StepField[]
  /** Kinds that may be added, and what they are called. */
  readonly kinds: readonly { readonly value: string; readonly label: string }[]
  /** What an added step begins with. */
  readonly begin: (kind: string) => object
  /** Whether the order means something. */
  readonly isOrdered: boolean
  readonly addLabel: string
  /** Steps as they are wanted; the protocol's rules fill in what is left out. */
  readonly onSteps: (steps: readonly object[]) => void
}

/** Steps of a protocol: their settings, their order, more of them or fewer. */
export function StepList<Any extends Step>({
  steps,
  titleOf,
  fieldsOf,
  kinds,
  begin,
  isOrdered,
  addLabel,
  onSteps,
}: StepListProps<Any>) {
  // prettier-ignore
  const change = (at: number, key: string, value: unknown) => onSteps(steps.map((step, i) => (i === at ? { ...step, [key]: value } : step))) // prettier-ignore
  const swap = (at: number) => onSteps(steps.map((step, i) => (i === at ? steps[at + 1] : i === at + 1 ? steps[at] : step)))
  return (
    <div className="stepList">
      {steps.map((step, at) => (
        <fieldset key={at}>
          <legend>
            {isOrdered && `${at + 1}. `}
            {titleOf(step)}
          </legend>
          <div className="stepFields">
            {fieldsOf(step).map((field) => (
              <FieldInput
                key={field.key}
                field={field}
                value={(step as unknown as Readonly<Record<string, unknown>>)[field.key]}
                onChange={(value) => change(at, field.key, value)}
              />
            ))}
          </div>
          <div className="row">
            {isOrdered && at + 1 < steps.length && (
              <Button size="compact-xs" onClick={() => swap(at)}>
                After the next
              </Button>
            )}
            <Button size="compact-xs" onClick={() => onSteps(steps.filter((_, i) => i !== at))}>
              Take out
            </Button>
          </div>
        </fieldset>
      ))}
      <Select
        label={addLabel}
        placeholder="Choose"
        data={[...kinds]}
        value={null}
        onChange={(kind) => kind !== null && onSteps([...steps, begin(kind)])}
        comboboxProps={{ withinPortal: false }}
      />
    </div>
  )
}

function FieldInput({ field, value, onChange }: { field: StepField; value: unknown; onChange: (value: unknown) => void }) {
  switch (field.kind) {
    case 'number':
      return (
        <NumberInput
          label={field.label}
          value={typeof value === 'number' ? value : ''}
          min={field.min}
          step={field.by}
          {...(field.max !== undefined && { max: field.max })}
          {...(field.mayBeEmpty && { placeholder: field.mayBeEmpty })}
          onChange={(next) => {
            if (typeof next === 'number') onChange(next)
            else if (next === '' && field.mayBeEmpty) onChange(undefined)
          }}
        />
      )
    case 'choice':
      return (
        <Select
          label={field.label}
          data={[...field.options]}
          value={String(value ?? field.whenAbsent)}
          allowDeselect={false}
          onChange={(next) => next !== null && onChange(next)}
          comboboxProps={{ withinPortal: false }}
        />
      )
    case 'switch':
      return <Switch label={field.label} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
  }
}
