import { ActionIcon, Tooltip } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { isLearnScreen } from '../../state/appearance.ts'
import { useSession } from '../shared/session.ts'
import { TaskSwitch } from './tasks/TaskSwitch.tsx'

/** What the analysis is of, and whether it is read in the light. */
export function AnalysisBar() {
  const { applyStore, scoresStore, screenStore } = useSession()
  const screen = useStore(screenStore, (state) => state.screen)
  const table = useStore(scoresStore, (state) => state.table)
  const model = useStore(applyStore, (state) => state.model)
  return (
    <>
      {isLearnScreen(screen) ? (
        <div className="where">
          <strong>Learn</strong>
          <span className="dim"> / {screen === 'playground' ? 'Playground' : 'Lessons'}</span>
        </div>
      ) : screen === 'apply' ? (
        <div className="where ellipsis">{model ? model.file.name : <span className="dim">No model open</span>}</div>
      ) : table ? (
        <div className="where ellipsis">{table.file.name}</div>
      ) : (
        <TaskSwitch />
      )}
      <ThemeSwitch />
    </>
  )
}

function ThemeSwitch() {
  const { appearanceStore } = useSession()
  const theme = useStore(appearanceStore, (state) => state.analysisTheme)
  const other = theme === 'light' ? 'dark' : 'light'
  return (
    <Tooltip label={`Tables and figures on a ${other} ground; images stay in the dark`}>
      <ActionIcon
        size={28}
        aria-label={`Analysis on a ${other} ground`}
        onClick={() => appearanceStore.getState().setAnalysisTheme(other)}
      >
        {theme === 'light' ? <IconMoon size={18} /> : <IconSun size={18} />}
      </ActionIcon>
    </Tooltip>
  )
}
