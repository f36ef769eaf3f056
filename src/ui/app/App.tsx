import { MantineProvider } from '@mantine/core'
import { useStore } from 'zustand'
import { isAnalysisScreen } from '../../state/appearance.ts'
import type { Session } from '../../state/session.ts'
import { SessionContext } from '../shared/session.ts'
import { Shell } from './Shell.tsx'
import { theme } from './theme.ts'

export function App({ session }: { session: Session }) {
  const isAnalysis = useStore(session.screenStore, ({ screen }) => isAnalysisScreen(screen))
  const analysisTheme = useStore(session.appearanceStore, (state) => state.analysisTheme)
  return (
    <SessionContext value={session}>
      <MantineProvider theme={theme} forceColorScheme={isAnalysis ? analysisTheme : 'dark'}>
        <Shell />
      </MantineProvider>
    </SessionContext>
  )
}
