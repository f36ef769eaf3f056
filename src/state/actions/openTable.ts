import type { ScoresStore } from '../analysis/scores.ts'
import type { StudyStore } from '../analysis/study.ts'
import type { StudyHost } from '../analysis/studyState.ts'
import { analysisSteps } from '../analysis/studySteps.ts'
import type { ScreenStore } from '../screen.ts'

export interface OpenTableServices {
  readonly scores: ScoresStore
  readonly study: StudyStore
  readonly screen: ScreenStore
  readonly look: StudyHost['look']
}

/** More columns of numbers are features: nobody compares so many models. */
const mostScores = 12

/** A table that was dropped: where an analysis is in front, for that; else scores or features, by how many columns of numbers it has. */
export function createOpenTable({ scores, study, screen, look }: OpenTableServices) {
  return async (file: File): Promise<void> => {
    const { screen: shown, show } = screen.getState()
    const isAnalysis = analysisSteps.some((step) => step.screen === shown)
    const areFeatures = isAnalysis ? shown !== 'evaluate' : await hasFeatures(file)
    show(areFeatures ? 'cohorts' : 'evaluate')
    await (areFeatures ? study : scores).getState().open(file)
  }

  /** What cannot be read is told by the scores' way in. */
  async function hasFeatures(file: File): Promise<boolean> {
    try {
      const { guesses } = await look(file, new AbortController().signal)
      return guesses.scores.filter((role) => role === 'score').length > mostScores
    } catch {
      return false
    }
  }
}
