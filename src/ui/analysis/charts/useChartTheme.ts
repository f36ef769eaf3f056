import { useStore } from 'zustand'
import { darkTheme, lightTheme, type ChartTheme } from '../../../charts/theme.ts'
import { useSession } from '../../shared/session.ts'

/** That of the screen; what is saved is of paper, whatever it is. */
export function useChartTheme(): ChartTheme {
  const { appearanceStore } = useSession()
  return useStore(appearanceStore, ({ analysisTheme }) => analysisTheme) === 'light' ? lightTheme : darkTheme
}
