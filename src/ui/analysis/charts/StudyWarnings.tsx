import { useMemo } from 'react'
import type { Analysis } from '../../../core/analysis/analysis.ts'
import type { StudyStep } from '../../../core/analysis/stages/stageStore.ts'
import { findWarnings } from '../../../core/analysis/warnings.ts'
import { say } from '../../../messages/say.ts'
import '../../../messages/sayAnalysis.ts'
import { Notice } from '../../shared/Notice.tsx'

/** What speaks against the results of a step, the worst first. */
export function StudyWarnings({ analysis, step }: { analysis: Analysis; step: StudyStep }) {
  const warnings = useMemo(
    () => findWarnings(analysis).filter(({ shownAt }) => shownAt.includes(step)).sort((a, b) => Number(b.grave) - Number(a.grave)), // prettier-ignore
    [analysis, step],
  )
  return warnings.map(({ grave, message }) => (
    <Notice key={say(message)} kind={grave ? 'error' : 'warn'}>
      {say(message)}
    </Notice>
  ))
}
