import { useMemo } from 'react'
import type { StudyStep } from '../../../core/analysis/stages/stageStore.ts'
import type { StudyWarning } from '../../../core/analysis/warnings.ts'
import { say } from '../../../messages/say.ts'
import '../../../messages/sayAnalysis.ts'
import { Notice } from '../../shared/Notice.tsx'

/** What speaks against the data or the results of a step, the worst first. */
export function StudyWarnings({ warnings, step }: { warnings: readonly StudyWarning[]; step: StudyStep }) {
  const shown = useMemo(
    () => warnings.filter(({ shownAt }) => shownAt.includes(step)).sort((a, b) => Number(b.grave) - Number(a.grave)),
    [warnings, step],
  )
  return shown.map(({ grave, message }) => (
    <Notice key={say(message)} kind={grave ? 'error' : 'warn'}>
      {say(message)}
    </Notice>
  ))
}
