import { formatCount } from '../../shared/formatNumber.ts'
import type { FunnelCell } from './funnel.ts'

/** What each step left; a click shows the step's panels. */
export function Funnel({
  cells,
  chosen,
  onChoose,
}: {
  cells: readonly FunnelCell[]
  chosen: number
  onChoose: (step: number) => void
}) {
  return (
    <ol className="card funnel" aria-label="What each step left">
      {cells.map((cell, at) => (
        <li key={at} className={cell.isEnd ? 'ended' : undefined}>
          {cell.step === null ? (
            <div className="funnelCell">
              <FunnelText cell={cell} />
            </div>
          ) : (
            <button type="button" className="funnelCell" aria-pressed={cell.step === chosen} onClick={() => onChoose(cell.step!)}>
              <FunnelText cell={cell} />
            </button>
          )}
        </li>
      ))}
    </ol>
  )
}

function FunnelText({ cell: { title, left, share, caution } }: { cell: FunnelCell }) {
  return (
    <>
      <span className="ellipsis">{title}</span>
      <b>{formatCount(left)}</b>
      <span className="funnelBar" aria-hidden>
        <i style={{ width: `${Math.max(left > 0 ? 1.5 : 0, 100 * share)}%` }} />
      </span>
      <span className="dim small">{caution}</span>
    </>
  )
}
