import { Button, Progress } from '@mantine/core'
import { IconFileDescription } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { say } from '../../../messages/say.ts'
import '../../../messages/sayAnalysis.ts'
import '../../../messages/sayFeatures.ts'
import type { ModelFile } from '../../../io/records/modelFile.ts'
import { FilePicker } from '../../shared/FilePicker.tsx'
import { formatCount } from '../../shared/formatNumber.ts'
import { Notice } from '../../shared/Notice.tsx'
import { useSession } from '../../shared/session.ts'
import { useStudyKeys } from '../study/useStudyKeys.ts'
import '../analysis.css'
import './apply.css'
import { ModelCard } from './ModelCard.tsx'
import { PatientCard } from './laterParts.ts'
import { PatientsCard } from './PatientsCard.tsx'
import { ScoresCard } from './ScoresCard.tsx'
import { TableCard } from './TableCard.tsx'
import { useApplyAct } from './useApply.ts'

/** A model from its file, and what it says of others. */
export function ApplyScreen() {
  const { applyStore } = useSession()
  const { model, reading, problem } = useStore(applyStore)
  const act = useApplyAct()
  useStudyKeys()
  return (
    <div className="screen analysis">
      {(reading !== null || problem) && (
        <div className="analysisNotices">
          {problem && (
            <Notice kind="error" onClose={() => act(({ dismissProblem }) => dismissProblem())}>
              <span className="lines">{say(problem)}</span>
            </Notice>
          )}
          {reading !== null && (
            <div className="notice" role="status">
              <div className="body">
                <div className="row">
                  <span className="ellipsis" style={{ flex: 1 }}>
                    Reading {reading}
                  </span>
                  <Button size="compact-xs" onClick={() => act(({ cancel }) => cancel())}>
                    Cancel
                  </Button>
                </div>
                <Progress mt={6} size="sm" value={3} animated aria-label="Progress" />
              </div>
            </div>
          )}
        </div>
      )}
      {model ? <Opened content={model.content} fileName={model.file.name} /> : <Door />}
    </div>
  )
}

const researchOnly = 'Research use. Not a medical device.'

const ModelPicker = ({ label, isFirst = false }: { label: string; isFirst?: boolean }) => {
  const act = useApplyAct()
  return (
    <FilePicker
      label={label}
      variant={isFirst ? 'filled' : 'default'}
      size={isFirst ? 'sm' : 'xs'}
      accept=".json"
      testId="model-input"
      onFile={(file) => act(({ openModel }) => openModel(file))}
    />
  )
}

function Door() {
  return (
    <div className="main">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            What does a model say of other patients?
          </h1>
          <p className="dim">
            Open the file of a model: it holds what was learnt, and what new patients need to be measured and harmonised in the
            same way. It is read in this page and stays on this machine.
          </p>
        </div>
      </header>
      <section className="dropZone empty" aria-label="Open a model">
        <IconFileDescription size={38} stroke={1.3} color="var(--teal)" aria-hidden />
        <p className="lead">Drop a model’s file (.json)</p>
        <ModelPicker label="Choose a model" isFirst />
        <p className="dim">
          As it is saved on Train, or written by texel train and texel analyse. Then a table of features, or a patient whose ROIs
          are drawn here, is scored by it.
        </p>
        <p className="researchOnly">{researchOnly}</p>
      </section>
    </div>
  )
}

function Opened({ content, fileName }: { content: ModelFile; fileName: string }) {
  const { applyStore } = useSession()
  const { scored, shown } = useStore(applyStore)
  const act = useApplyAct()
  const { name, outcome, model, learntFrom } = content
  return (
    <div className="main applyScreen">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            What does {name} say?
          </h1>
          <p className="dim">
            {model.score === 'probability' ? 'The probability of ' : 'A score, which speaks for '}
            {outcome.column} = {outcome.positive}, learnt from {formatCount(learntFrom.patients)} patients. {fileName}
          </p>
        </div>
        <p className="researchOnly">{researchOnly}</p>
        <ModelPicker label="Another model" />
        <Button size="xs" onClick={() => act(({ close }) => close())}>
          Close
        </Button>
      </header>
      <div className="applyGrid">
        <div className="applyMain">
          {content.warnings.length > 0 && (
            <Notice kind="warn">
              <ul className="applyWarnings">
                {content.warnings.map((warning, i) => (
                  <li key={i}>{say(warning)}</li>
                ))}
              </ul>
            </Notice>
          )}
          {shown && <PatientCard key={`${shown.from} ${shown.id}`} content={content} patient={shown} />}
          {scored ? <ScoresCard content={content} scored={scored} /> : <TableCard content={content} />}
        </div>
        <div className="applySide">
          <PatientsCard content={content} />
          <ModelCard content={content} />
        </div>
      </div>
    </div>
  )
}
