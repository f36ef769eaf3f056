import { Button } from '@mantine/core'
import { useStore } from 'zustand'
import { Notice } from '../shared/Notice.tsx'
import { useSession } from '../shared/session.ts'

/** Of a table that may be either: nothing is set aside before somebody has said what it is. */
export function DoorQuestion() {
  const { tableQuestion, openTableAs, studyStore } = useSession()
  const file = useStore(tableQuestion, (state) => state.file)
  const study = useStore(studyStore, ({ door }) => door?.files.features.name)
  if (!file) return null
  return (
    <Notice kind="info">
      {file.name}: scores of models, or features?
      {study !== undefined && ` The study of ${study} stays: scores are shown before it until they are closed.`}
      <div className="row">
        <Button size="compact-sm" onClick={() => void openTableAs(file, 'scores')}>
          Scores of models
        </Button>
        <Button size="compact-sm" onClick={() => void openTableAs(file, 'features')}>
          Features
        </Button>
        <Button size="compact-sm" onClick={() => tableQuestion.setState({ file: null })}>
          Neither
        </Button>
      </div>
    </Notice>
  )
}
