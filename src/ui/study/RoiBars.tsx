import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { groupBy } from '../../core/numeric/groupBy.ts'
import { readsBlind } from '../../core/study/readers.ts'
import { imageIdOf } from '../../core/study/study.ts'
import { countOfReader, countOfRoles, type RoleCount } from '../../core/study/workList.ts'
import { keptKey } from '../../storage/regionKey.ts'
import { formatCount } from '../shared/formatNumber.ts'
import { Panel } from '../shared/Panel.tsx'
import { useSession } from '../shared/session.ts'
import { studyWords } from '../../messages/words/studyWords.ts'

/** How far the ROIs are: by role those of the reader in hand; of others the first reader sees how many, a blinded one nothing. */
export function RoiBars() {
  const { readersStore, roiStore, workListStore } = useSession()
  const rows = useStore(workListStore, (state) => state.rows)
  const roles = useStore(workListStore, (state) => state.records?.study.roles)
  const rereading = useStore(workListStore, ({ records }) => records?.study.rereading ?? null)
  const kept = useStore(roiStore, (state) => state.kept)
  const { reader, names, study } = useStore(readersStore)
  useEffect(() => void roiStore.getState().listKept(), [roiStore])
  const counts = useMemo(() => countOfRoles(rows), [rows])
  const others = useMemo(() => {
    if (readsBlind(study, reader)) return []
    const heads = kept.filter((head) => head.reader !== reader && head.key === keptKey(head))
    return study.readers.flatMap(({ id, name }) => {
      const own = heads.filter((head) => head.reader === id)
      if (id === reader || (own.length === 0 && (rereading === null || id === study.readers[0].id))) return []
      return [
        {
          id,
          name,
          count: countOfReader(
            rows,
            groupBy(own, ({ image }) => imageIdOf(image)),
          ),
        },
      ]
    })
  }, [kept, reader, rereading, rows, study])
  const none = { complete: 0, inProgress: 0, all: 0 }
  return (
    <Panel title={studyWords().rois} aside={<span className="dim">{names[reader]}</span>}>
      <ul className="roiBars">
        {(roles ?? []).map(({ id }) => (
          <Bar key={id} name={id} count={counts.get(id) ?? none} />
        ))}
        {others.map(({ id, name, count }) => (
          <Bar key={`reader ${id}`} name={name} count={count} />
        ))}
      </ul>
    </Panel>
  )
}

function Bar({ name, count: { complete, inProgress, all } }: { name: string; count: RoleCount }) {
  const share = (n: number) => ({ width: `${all === 0 ? 0 : (100 * n) / all}%` })
  return (
    <li>
      <span className="ellipsis" title={name}>
        {name}
      </span>
      <span className="bar" aria-hidden>
        <span className="complete" style={share(complete)} />
        <span className="inProgress" style={share(inProgress)} />
      </span>
      <span className="number" title={inProgress > 0 ? studyWords().inProgress(inProgress) : undefined}>
        {formatCount(complete)} / {formatCount(all)}
      </span>
    </li>
  )
}
