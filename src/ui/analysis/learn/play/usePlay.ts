import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { playStoreOf, type PlaySettings, type PlayState } from '../../../../state/learn/playground.ts'
import { useSession } from '../../../shared/session.ts'

export const usePlayStore = () => playStoreOf(useSession())

export const usePlay = <Part>(select: (state: PlayState) => Part): Part => useStore(usePlayStore(), select)

/** All but the threshold: what is drawn once while that moves. */
export const usePlaySettings = (): Omit<PlaySettings, 'threshold'> =>
  usePlay(
    useShallow(({ settings }) => {
      const { threshold, ...others } = settings
      void threshold
      return others
    }),
  )

/** What follows the threshold is small, and alone drawn again while it moves. */
export const usePlayThreshold = (): number => usePlay(({ settings }) => settings.threshold)
