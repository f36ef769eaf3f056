import { Button, Progress } from '@mantine/core'
import { useStore } from 'zustand'
import { warnOfGreyLevels, type GreyLevelCount } from '../../core/extraction/greyLevels.ts'
import { featureOptionNames } from '../../core/parameters/profiles/pyradiomics.ts'
import { isCountOf, type Counted } from '../../state/greyLevels.ts'
import { Facts } from '../shared/Facts.tsx'
import { Notice } from '../shared/Notice.tsx'
import { useSession } from '../shared/session.ts'
import { say } from '../../messages/say.ts'

const shownProblems = 8

/** How many grey levels the images of the region will have: counting, or what was counted. */
export function GreyLevels({ about }: { about: Counted }) {
  const { countGreyLevels, extractionStore, greyLevelStore } = useSession()
  const { check, cancel } = useStore(greyLevelStore)
  const run = useStore(extractionStore, (state) => state.run)
  const isExtracting = run.status === 'running'
  if (check.status === 'idle' || !isCountOf(check, about)) {
    return isExtracting ? null : (
      <div className="row">
        <span className="dim" style={{ flex: 1 }}>
          Grey levels not counted
        </span>
        <Button size="compact-xs" variant="default" onClick={countGreyLevels}>
          Count
        </Button>
      </div>
    )
  }
  // What the run failed of is told with it.
  if (check.status === 'failed' && run.status === 'failed' && say(run.reason) === say(check.reason)) return null
  if (check.status === 'failed') return <Notice kind="error">{say(check.reason)}</Notice>
  if (check.status === 'done') return <Counts counts={check.counts} />
  const { done, total } = check.progress
  return (
    <div role="status">
      <div className="row">
        <span className="dim" style={{ flex: 1 }}>
          Counting grey levels {total > 0 && `${done} of ${total}`}
        </span>
        <Button size="compact-xs" variant="default" onClick={cancel}>
          Cancel
        </Button>
      </div>
      <Progress mt={6} size="sm" value={total > 0 ? (100 * done) / total : 3} aria-label="Counting grey levels" />
    </div>
  )
}

function Counts({ counts }: { counts: readonly GreyLevelCount[] }) {
  const numbers = counts.flatMap(({ count }) => (count === undefined ? [] : [count]))
  const refused = counts.filter(({ problem }) => problem !== undefined)
  const warning = warnOfGreyLevels(counts, featureOptionNames)
  const [fewest, most] = [Math.min(...numbers), Math.max(...numbers)]
  return (
    <>
      {numbers.length > 0 && (
        <Facts
          entries={[
            [
              numbers.length === 1 ? 'Grey levels' : `Grey levels, ${numbers.length} images`,
              fewest === most ? `${most}` : `${fewest} to ${most}`,
            ],
          ]}
        />
      )}
      {refused.length > 0 && (
        <Notice kind="error">
          <strong>{refused.length === 1 ? 'One image will be refused.' : `${refused.length} images will be refused.`}</strong>
          <ul>
            {refused.slice(0, shownProblems).map(({ imageName, problem }) => (
              <li key={imageName}>
                <span className="dim">{imageName}:</span> {problem && say(problem)}
              </li>
            ))}
            {refused.length > shownProblems && <li className="dim">and {refused.length - shownProblems} more</li>}
          </ul>
        </Notice>
      )}
      {warning !== undefined && <Notice kind="warn">{say(warning)}</Notice>}
    </>
  )
}
