import { NativeSelect } from '@mantine/core'
import type { TableLook } from '../../../workers/scoresApi.ts'
import { formatCount } from '../shared/formatNumber.ts'

interface FirstRowsProps<Role extends string> {
  /** Told to who hears the page. */
  readonly label: string
  readonly look: TableLook
  /** The columns that are laid out, by their place in the table. */
  readonly shown: readonly number[]
  readonly roleNames: readonly { readonly value: Role; readonly label: string }[]
  /** Of all columns, as they stand and as they were guessed. */
  readonly roles: readonly Role[]
  readonly guesses: readonly Role[]
  /** The role of a column that takes no part. */
  readonly unused: Role
  /** Cells of a column that cannot be used; no row of them where there are none. */
  readonly faults?: readonly number[]
  readonly onRole: (at: number, role: Role) => void
}

/** The first rows of a table with a role above every column and its faults below it. */
export function FirstRows<Role extends string>(props: FirstRowsProps<Role>) {
  const { label, look, shown, roleNames, roles, guesses, unused, faults = [], onRole } = props
  return (
    <>
      <div className="analysisScroll" tabIndex={0} role="region" aria-label={label}>
        <table>
          <thead>
            <tr>
              <th scope="col" className="dim number">
                row
              </th>
              {shown.map((at) => (
                <th key={at} scope="col">
                  <NativeSelect
                    aria-label={`Role of ${look.columns[at].name}`}
                    data={[...roleNames]}
                    value={roles[at]}
                    onChange={(event) => onRole(at, event.currentTarget.value as Role)}
                    data-role={roles[at]}
                  />
                  <span className="columnName ellipsis" title={look.columns[at].name}>
                    {look.columns[at].name}
                  </span>
                  <span className="dim small">{roles[at] === guesses[at] ? 'guessed' : 'chosen'}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {look.rows.map(({ number, cells }) => (
              <tr key={number}>
                <td className="dim number">{number}</td>
                {shown.map((at) => (
                  <td key={at} className={roles[at] === unused ? 'dim' : ''}>
                    {cells[at] === '' ? <span className="dim">–</span> : shorten(cells[at])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          {shown.some((at) => faults[at] > 0) && (
            <tfoot>
              <tr>
                <th scope="row" className="dim">
                  faults
                </th>
                {shown.map((at) => (
                  <td key={at} className={faults[at] > 0 ? 'warnText' : 'dim'}>
                    {faults[at] > 0 ? formatCount(faults[at]) : '–'}
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      {look.rowCount > look.rows.length && (
        <p className="dim small more">and {formatCount(look.rowCount - look.rows.length)} more rows</p>
      )}
    </>
  )
}

/** As they lie, but for digits that nobody reads. */
const shorten = (text: string) => (/^-?\d+\.\d{7,}$/.test(text) ? `${text.slice(0, text.indexOf('.') + 6)}…` : text)
