import { Fragment, type ReactNode } from 'react'

/** Names and values, a line each; entries without a value are left out. */
export function Facts({ entries }: { entries: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {entries
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd title={typeof value === 'string' ? value : undefined}>{value}</dd>
          </Fragment>
        ))}
    </dl>
  )
}
