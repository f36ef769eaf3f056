import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { groupBy } from '../../../core/numeric/groupBy.ts'
import type { LeftOutPath } from '../../../io/importing/planReading.ts'
import { say, sayInFiles } from '../../../messages/say.ts'
import { downloadFile } from '../../../state/actions/downloadFile.ts'

/** Files that are no image of the study, by reason; their names where somebody asks for them. */
export function LeftOut({ leftOut }: { leftOut: readonly LeftOutPath[] }) {
  const reasons = useMemo(
    () => [...groupBy(leftOut, ({ reason }) => sayInFiles(reason))].sort(([, a], [, b]) => b.length - a.length),
    [leftOut],
  )
  const save = async () => {
    const { formatTable } = await import('../../../io/tables/tableFile.ts')
    const rows = reasons.flatMap(([reason, files]) => files.map(({ path }) => [path, reason]))
    downloadFile('left-out.csv', formatTable(['file', 'reason'], rows), 'text/csv')
  }
  return (
    <section className="card leftOut" aria-label="Files left out">
      <div className="row">
        <h2 style={{ flex: 1 }}>Files left out</h2>
        <Button title="With the names of files, which may name patients" onClick={() => void save()}>
          Save as CSV
        </Button>
      </div>
      {reasons.map(([reason, files]) => (
        <details key={reason}>
          <summary>
            <strong className="number">{files.length}</strong> {say(files[0].reason)}
          </summary>
          <ul>
            {files.map(({ path }) => (
              <li key={path} className="dim">
                {path}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  )
}
