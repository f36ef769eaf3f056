import { Button, Checkbox, Popover } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import type { Analysis } from '../../../core/analysis/analysis.ts'
import type { StudyData } from '../../../core/analysis/studyData.ts'
import { programServer } from '../../../io/programServer.ts'
import { sayError } from '../../../messages/say.ts'
import { downloadFile, fileNameFrom } from '../../../state/actions/downloadFile.ts'
import { formatCount } from '../../shared/formatNumber.ts'
import { useSession } from '../../shared/session.ts'
import { useOwnStudy } from '../own/useOwnStudy.ts'

const writing = () => programServer.load(() => import('./saveModel.ts'))

export interface SaveModelProps {
  readonly analysis: Analysis
  readonly study: StudyData
  /** The model's place. */
  readonly at: number
}

/** A model's file for Apply, texel predict and others; what it holds of patients is said before it is saved. */
export function SaveModel({ analysis, study, at }: SaveModelProps) {
  const { describeModels, extractionStore, ownStudyStore, studyStore } = useSession()
  const clinical = useStore(studyStore, (state) => state.clinical)
  const own = useStore(studyStore, ({ door }) => door?.choice.own)
  const look = useStore(ownStudyStore, (state) => state.look)
  const parameters = useStore(extractionStore, (state) => state.parameters)
  const [withIds, setWithIds] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  useOwnStudy()
  const { name, model } = analysis.path.models[at]
  const others = analysis.path.models.filter((one) => one.model.kind !== 'svm').map((one) => one.name)
  // The parameters of today are those of the table where it is as it was made.
  const isMeasuredHere = own !== undefined && look?.origin?.rows === own.rows
  const save = async () => {
    if (!clinical) return
    setIsBusy(true)
    setProblem(null)
    try {
      const [{ writeModel }, contexts] = await Promise.all([
        writing(),
        describeModels(analysis, study, new AbortController().signal),
      ])
      const saved = { analysis, contexts, clinical, parameters: isMeasuredHere ? parameters : null, withIds }
      downloadFile(`${fileNameFrom(name)}.json`, await writeModel(at, saved), 'application/json')
    } catch (error) {
      setProblem(sayError(error))
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <Popover position="bottom-end" withArrow trapFocus returnFocus>
      <Popover.Target>
        <Button leftSection={<IconDownload size={15} />}>Save the model</Button>
      </Popover.Target>
      <Popover.Dropdown className="exportMenu">
        <p>
          <strong>{name}</strong> with all that new patients need: {isMeasuredHere ? 'the parameters of the extraction, ' : ''}
          ComBat, cut-offs, and its training patients in short. Apply and texel predict read it.
        </p>
        {model.kind === 'svm' && (
          <p className="warnText">
            The file holds feature values of {formatCount(model.supportVectors.length)} training patients, its support vectors.{' '}
            {others.length > 0
              ? `Where they must not leave, save ${others.join(' or ')}: it holds quantiles alone.`
              : 'Where they must not leave, add a logistic regression under Edit protocol and save that: it holds quantiles alone.'}
          </p>
        )}
        <Checkbox
          size="xs"
          label={`Name the ${formatCount(model.learntFrom.length)} training patients, so that they are marked when they are scored`}
          checked={withIds}
          onChange={(event) => setWithIds(event.currentTarget.checked)}
        />
        <Button disabled={isBusy || !clinical} onClick={() => void save()}>
          {isBusy ? 'Writing' : `Save ${name}`}
        </Button>
        {problem && <p role="alert">Nothing was saved: {problem}</p>}
      </Popover.Dropdown>
    </Popover>
  )
}
