import { useEffect } from 'react'
import { useStore } from 'zustand'
import { readTrail, writeTrail } from '../../../state/analysis/follow.ts'
import { FailureBoundary } from '../../shared/FailureBoundary.tsx'
import { FollowPanel } from '../laterParts.ts'
import { useFollow } from './useFollow.ts'

/** What a number was followed to, at the foot of the screen; the address of the page holds it, so that a reload keeps it. */
export function Follow() {
  const { store } = useFollow()
  const trail = useStore(store, (state) => state.trail)
  useEffect(() => {
    if (store.getState().trail.length === 0) store.setState({ trail: readTrail(location.hash) })
  }, [store])
  useEffect(() => {
    const write = () => history.replaceState(history.state, '', `${location.pathname}${location.search}${writeTrail(store.getState().trail)}`) // prettier-ignore
    return store.subscribe(write)
  }, [store])
  if (trail.length === 0) return null
  return (
    <FailureBoundary>
      <FollowPanel />
    </FailureBoundary>
  )
}
