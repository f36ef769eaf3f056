import { useMemo } from 'react'
import type { PointOwner } from '../../../charts/figure.ts'
import { followedIds, followOf, type Followed, type FollowStore } from '../../../state/analysis/follow.ts'
import { useSession } from '../../shared/session.ts'

export interface Follow {
  readonly store: FollowStore
  /** Begins a trail at what stands on a screen. */
  begin(followed: Followed): void
  /** Of a patient or a feature in a chart; what is none of the study's leads nowhere. */
  followedOf(owner: PointOwner): Followed | null
}

/** The way from a number to the rows of the table behind it. */
export function useFollow(): Follow {
  const { scoresStore, studyStore } = useSession()
  return useMemo(() => {
    const store = followOf({ scoresStore })
    return {
      store,
      begin: (followed) => store.getState().begin(followed),
      followedOf({ of, id }) {
        if (of === 'features')
          return studyStore.getState().study?.features.columns.includes(id) ? { kind: 'feature', name: id } : null
        const at = followedIds(scoresStore.getState(), studyStore.getState()).indexOf(id)
        return at < 0 ? null : { kind: 'patient', at }
      },
    }
  }, [scoresStore, studyStore])
}
