import { MantineProvider } from '@mantine/core'
import type { Session } from '../../state/session.ts'
import { SessionContext } from '../shared/session.ts'
import { Shell } from './Shell.tsx'
import { theme } from './theme.ts'

export function App({ session }: { session: Session }) {
  return (
    <SessionContext value={session}>
      <MantineProvider theme={theme} forceColorScheme="dark">
        <Shell />
      </MantineProvider>
    </SessionContext>
  )
}
