import { Button } from '@mantine/core'
import { Notice } from '../../shared/Notice.tsx'
import { useSession } from '../../shared/session.ts'
import { useEvaluated } from './useEvaluated.ts'

/** Asked once: what is changed after the first look is counted. @param cohorts those of `unseenCohorts` */
export function FirstLookQuestion({ cohorts, onLook }: { cohorts: readonly string[]; onLook?: () => void }) {
  const { scoresStore, studyStore } = useSession()
  const { from } = useEvaluated()!
  const { lookAtValidation } = (from === 'study' ? studyStore : scoresStore).getState()
  return (
    <Notice kind="info">
      <p>
        <strong>{cohorts.join(', ')}</strong> {cohorts.length === 1 ? 'has' : 'have'} not been looked at. From the first look on,
        every change of this analysis is counted, and the count stays with it.
      </p>
      <Button
        variant="filled"
        mt={6}
        onClick={() => {
          lookAtValidation()
          onLook?.()
        }}
      >
        Look at {cohorts.length === 1 ? cohorts[0] : 'validation'}
      </Button>
    </Notice>
  )
}
