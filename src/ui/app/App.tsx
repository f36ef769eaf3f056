import { MantineProvider } from '@mantine/core'
import { Shell } from './Shell.tsx'
import { theme } from './theme.ts'

export function App() {
  return (
    <MantineProvider theme={theme} forceColorScheme="dark">
      <Shell />
    </MantineProvider>
  )
}
