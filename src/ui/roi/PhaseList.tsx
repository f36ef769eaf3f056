import { ActionIcon, Checkbox, NumberInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import type { TimedImage } from '../../state/phases.ts'

interface PhaseListProps {
  /** In the order in which a person sees them, seconds from the first phase. */
  readonly rows: readonly TimedImage[]
  readonly nameOf: (id: string) => string
  /** Images that could be phases and are none. */
  readonly left: readonly string[]
  readonly injectionS: number
  readonly onTimes: (rows: readonly TimedImage[]) => void
  readonly onLeave: (left: readonly string[]) => void
  readonly onInjection: (injectionS: number) => void
}

const inTenths = (seconds: number) => Math.round(10 * seconds) / 10
const isOther = (a: number, b: number) => Math.abs(a - b) > 0.051

/** Phases with their times from the injection: chosen, ordered and timed by hand. */
export function PhaseList({ rows, nameOf, left, injectionS, onTimes, onLeave, onInjection }: PhaseListProps) {
  // The two phases change places; the times stay where they are.
  const swap = (at: number) =>
    onTimes(
      rows.map((row, i) =>
        i === at ? { ...rows[at + 1], timeS: row.timeS } : i === at + 1 ? { ...rows[at], timeS: row.timeS } : row,
      ),
    )
  return (
    <>
      <ol aria-label="Phases by time" style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 6 }}>
        {rows.map(({ id, timeS }, i) => (
          <li key={id} className="row" style={{ flexWrap: 'nowrap', gap: 4 }}>
            <Checkbox
              size="xs"
              style={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}
              label={nameOf(id)}
              checked
              onChange={() => onLeave([...left, id])}
            />
            <NumberInput
              aria-label={`Time of ${nameOf(id)}`}
              size="xs"
              w={76}
              suffix=" s"
              hideControls
              decimalScale={1}
              value={inTenths(timeS - injectionS)}
              onChange={(value) =>
                typeof value === 'number' &&
                isOther(value, timeS - injectionS) &&
                onTimes(rows.map((row) => (row.id === id ? { id, timeS: value + injectionS } : row)))
              }
            />
            <ActionIcon size={24} aria-label={`Move ${nameOf(id)} up`} disabled={i === 0} onClick={() => swap(i - 1)}>
              <IconChevronUp size={14} />
            </ActionIcon>
            <ActionIcon size={24} aria-label={`Move ${nameOf(id)} down`} disabled={i === rows.length - 1} onClick={() => swap(i)}>
              <IconChevronDown size={14} />
            </ActionIcon>
          </li>
        ))}
      </ol>
      {left.map((id) => (
        <Checkbox
          key={id}
          size="xs"
          label={nameOf(id)}
          checked={false}
          onChange={() => onLeave(left.filter((one) => one !== id))}
        />
      ))}
      <div className="control">
        <span>Injection</span>
        <NumberInput
          aria-label="Injection, seconds after the first phase"
          size="xs"
          suffix=" s after the first"
          hideControls
          decimalScale={1}
          value={inTenths(injectionS)}
          onChange={(value) => typeof value === 'number' && isOther(value, injectionS) && onInjection(value)}
        />
      </div>
    </>
  )
}
