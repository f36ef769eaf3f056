import type { StoreApi } from 'zustand/vanilla'
import type { ScoresStore } from '../analysis/scores.ts'
import type { StudyStore } from '../analysis/study.ts'
import type { StudyHost } from '../analysis/studyState.ts'
import { analysisSteps } from '../analysis/studySteps.ts'
import type { ScreenStore } from '../screen.ts'

/** A table of which nobody can tell by looking whether it holds scores or features; it waits for an answer. */
export interface TableQuestion {
  readonly file: File | null
}

export interface OpenTableServices {
  readonly scores: ScoresStore
  readonly study: StudyStore
  readonly screen: ScreenStore
  readonly question: StoreApi<TableQuestion>
  readonly look: StudyHost['look']
}

/** More columns of numbers are features: nobody compares so many models. Fewer may be either, and numbers with a comma are none yet. */
const mostScores = 12

type Holds = 'scores' | 'features' | 'either'

/**
 * A table that was dropped: where an analysis is in front, for that; else features, where it has many columns of numbers. Whether few are
 * scores or features is asked, and so is what stands before a study that would be set aside.
 */
export function createOpenTable({ scores, study, screen, question, look }: OpenTableServices) {
  const open = async (file: File, holds: Exclude<Holds, 'either'>): Promise<void> => {
    question.setState({ file: null })
    screen.getState().show(holds === 'features' ? 'cohorts' : 'evaluate')
    await (holds === 'features' ? study : scores).getState().open(file)
  }

  async function judge(file: File): Promise<Holds> {
    const { screen: shown } = screen.getState()
    const hasStudy = study.getState().door !== null
    if (shown === 'evaluate') return hasStudy ? 'either' : 'scores'
    if (analysisSteps.some((step) => step.screen === shown)) return 'features'
    try {
      const { guesses } = await look(file, new AbortController().signal)
      return guesses.scores.filter((role) => role === 'score').length > mostScores ? 'features' : 'either'
    } catch {
      // What cannot be read is told by the scores' way in; it sets no study aside before it has read a table.
      return 'scores'
    }
  }

  return {
    open,
    async drop(file: File): Promise<void> {
      const holds = await judge(file)
      if (holds !== 'either') return open(file, holds)
      question.setState({ file })
      screen.getState().show('evaluate')
    },
  }
}
