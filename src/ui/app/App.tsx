import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { Shell } from './Shell.tsx'
import { theme } from './theme.ts'

export function App() {
  return (
    <MantineProvider theme={theme} forceColorScheme="dark">
      <Notifications position="bottom-left" limit={3} />
      <Shell />
    </MantineProvider>
  )
}
