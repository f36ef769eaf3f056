import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { countOfRoles } from '../../core/study/workList.ts'
import { formatCount } from '../shared/formatNumber.ts'
import { Panel } from '../shared/Panel.tsx'
import { useSession } from '../shared/session.ts'

/** How far the ROIs are, by role: those of the reader in hand, who sees no one else's. */
export function RoiBars() {
  const { readersStore, roiStore, workListStore } = useSession()
  const rows = useStore(workListStore, (state) => state.rows)
  const roles = useStore(workListStore, (state) => state.records?.study.roles)
  const { reader, names } = useStore(readersStore)
  useEffect(() => void roiStore.getState().listKept(), [roiStore])
  const counts = useMemo(() => countOfRoles(rows), [rows])
  return (
    <Panel title="ROIs" aside={<span className="dim">{names[reader]}</span>}>
      <ul className="roiBars">
        {(roles ?? []).map(({ id }) => {
          const { complete, inProgress, all } = counts.get(id) ?? { complete: 0, inProgress: 0, all: 0 }
          const share = (n: number) => ({ width: `${all === 0 ? 0 : (100 * n) / all}%` })
          return (
            <li key={id}>
              <span>{id}</span>
              <span className="bar" aria-hidden>
                <span className="complete" style={share(complete)} />
                <span className="inProgress" style={share(inProgress)} />
              </span>
              <span className="number" title={inProgress > 0 ? `${inProgress} in progress` : undefined}>
                {formatCount(complete)} / {formatCount(all)}
              </span>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
