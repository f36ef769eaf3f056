import { Button } from '@mantine/core'
import { typedCountsOf } from '../../state/analysis/typedCounts.ts'
import { useSession } from '../shared/session.ts'

/** Four counts of a paper need no table, and no study gives way to them. */
export function TypeCounts() {
  const session = useSession()
  return <Button onClick={() => typedCountsOf(session).getState().open(true)}>Type counts</Button>
}
