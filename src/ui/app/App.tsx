import { MantineProvider } from '@mantine/core'
import { useLayoutEffect } from 'react'
import { useStore } from 'zustand'
import { isAnalysisScreen, isLearnScreen } from '../../state/appearance.ts'
import { languageTags } from '../../messages/language.ts'
import type { Session } from '../../state/session.ts'
import { SessionContext } from '../shared/session.ts'
import { Shell } from './Shell.tsx'
import { lightTheme, theme } from './theme.ts'

export function App({ session }: { session: Session }) {
  const isAnalysis = useStore(session.screenStore, ({ screen }) => isAnalysisScreen(screen) || isLearnScreen(screen))
  const analysisTheme = useStore(session.appearanceStore, (state) => state.analysisTheme)
  const scheme = isAnalysis ? analysisTheme : 'dark'
  // Everything below is drawn anew with it, in the words of the language.
  const language = useStore(session.languageStore, (state) => state.language)
  useLayoutEffect(() => {
    document.documentElement.lang = languageTags[language]
  }, [language])
  return (
    <SessionContext value={session}>
      {/* The default is what it begins in: without it the page is light until it is forced to be dark. */}
      <MantineProvider theme={scheme === 'light' ? lightTheme : theme} defaultColorScheme={scheme} forceColorScheme={scheme}>
        <Shell />
      </MantineProvider>
    </SessionContext>
  )
}
