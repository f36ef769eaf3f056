import { Button, Modal, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { StudyStep } from '../../../core/analysis/stages/stageStore.ts'
import { exclusionReasons } from '../../../core/study/exclusions.ts'
import { defaultRereading } from '../../../core/study/rereading.ts'
import { analysisSteps } from '../../../state/analysis/studySteps.ts'
import type { Asked } from '../../../state/workList.ts'
import { clinicalWords } from '../../../messages/words/clinicalWords.ts'
import { formatDateTime } from '../../../messages/formatDateTime.ts'
import { messageOf, type Message } from '../../../core/messages/message.ts'
import { say } from '../../../messages/say.ts'
import type { Erased } from '../../../storage/erasePatient.ts'
import { Notice } from '../../shared/Notice.tsx'
import { useSession } from '../../shared/session.ts'
import { appWords } from '../../../messages/words/appWords.ts'

const titles: Readonly<Record<Asked['what'], string>> = {
  exclude: 'Exclude this patient',
  flag: 'Flag with a note',
  erase: 'Erase a patient who withdrew',
  rereading: 'Second reading',
}

/** What the list asks before it does something that stays. */
export function AskDialog() {
  const { workListStore } = useSession()
  const asked = useStore(workListStore, (state) => state.asked)
  const close = () => workListStore.getState().ask(null)
  return (
    <Modal
      opened={asked !== null}
      onClose={close}
      title={asked ? titles[asked.what] : ''}
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }}
    >
      {asked?.what === 'exclude' && <Exclude patient={asked.patient} onDone={close} />}
      {asked?.what === 'erase' && <Erase patient={asked.patient} onDone={close} />}
      {asked?.what === 'flag' && <Flag patient={asked.patient} onDone={close} />}
      {asked?.what === 'rereading' && <SecondReading onDone={close} />}
    </Modal>
  )
}

function usePatient(id: string) {
  const { workListStore } = useSession()
  return useStore(workListStore, ({ rows }) => rows.find(({ patient }) => patient.id === id)?.patient)
}

function Exclude({ patient: id, onDone }: { patient: string; onDone: () => void }) {
  const { workListStore } = useSession()
  const patient = usePatient(id)
  const [reason, setReason] = useState('')
  const save = (text: string) => {
    void workListStore.getState().exclude(id, text)
    onDone()
  }
  return (
    <form
      className="asked"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim() !== '') save(reason)
      }}
    >
      <p className="dim">{patient?.label} stays on the list among the excluded, and her ROIs are kept.</p>
      {exclusionReasons.map((code) => (
        <Button key={code} variant="default" justify="flex-start" onClick={() => save(code)}>
          {clinicalWords().nameExclusion(code)}
        </Button>
      ))}
      <TextInput
        label="Another reason"
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" variant="light" color="red" disabled={reason.trim() === ''}>
        Exclude
      </Button>
    </form>
  )
}

/** What is typed proves that this patient is meant. */
function Erase({ patient: id, onDone }: { patient: string; onDone: () => void }) {
  const { erasePatient, reloadToStudy } = useSession()
  const patient = usePatient(id)
  const [typed, setTyped] = useState('')
  const [outcome, setOutcome] = useState<Erased | 'working' | { readonly reason: Message }>()
  const isErased = typeof outcome === 'object' && 'label' in outcome
  // Everything on the page has seen this patient: however the dialog is left, the page is loaded again.
  useEffect(() => (isErased ? reloadToStudy : undefined), [isErased, reloadToStudy])
  if (outcome === 'working') return <p role="status">Erasing …</p>
  if (outcome && 'reason' in outcome) return <Notice kind="error">{say(outcome.reason)}</Notice>
  if (outcome)
    return (
      <div className="asked">
        <p>
          {outcome.label} is erased: {count(outcome.images, 'image')}, {count(outcome.regions, 'ROI')} and{' '}
          {count(outcome.tables, 'table')} of features, with all that told who this is. The journal says that {outcome.label} was
          erased, and nothing else.
        </p>
        {outcome.learnt.length > 0 && (
          <Notice kind="warn">
            Results of the analysis had learnt from {outcome.label} and went too: {outcome.learnt.map(nameStep).join(', ')}. Run
            the analysis again, and do not use models that were exported before.
          </Notice>
        )}
        <p className="dim">Study files that were saved before still hold {outcome.label}: delete them and save again.</p>
        <div className="row">
          <Button onClick={onDone}>Show the study</Button>
        </div>
      </div>
    )
  return (
    <form
      className="asked"
      onSubmit={(event) => {
        event.preventDefault()
        if (typed.trim() !== patient?.label) return
        setOutcome('working')
        erasePatient(id).then(setOutcome, (error: unknown) => setOutcome({ reason: messageOf(error) }))
      }}
    >
      <p>
        ROIs of all readers, features, clinical values, notes and what tells who this is are removed from this browser. It cannot
        be taken back. The image files on your disk are not touched.
      </p>
      <p className="dim">To leave a patient out of the study and keep her ROIs, exclude her instead.</p>
      <TextInput
        data-autofocus
        label={`Type ${patient?.label ?? ''} to confirm`}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className="row">
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" variant="light" color="red" disabled={typed.trim() !== patient?.label}>
          Erase
        </Button>
      </div>
    </form>
  )
}

/** As the rail calls it. */
const nameStep = (step: StudyStep) => {
  const found = analysisSteps.find(({ screen }) => screen === step)
  return found ? appWords().screens[found.screen] : 'the report'
}

const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`

function Flag({ patient: id, onDone }: { patient: string; onDone: () => void }) {
  const { workListStore } = useSession()
  const patient = usePatient(id)
  const [note, setNote] = useState(patient?.note ?? '')
  const save = (flag: string | null) => {
    void workListStore.getState().flag(id, flag, note)
    onDone()
  }
  return (
    <form
      className="asked"
      onSubmit={(event) => {
        event.preventDefault()
        save('look again')
      }}
    >
      <TextInput
        data-autofocus
        label={`Why ${patient?.label ?? ''} is to be looked at again`}
        description="No name, ID or date of the patient: notes leave with the study."
        maxLength={400}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div className="row">
        <Button type="submit">Flag</Button>
        {typeof patient?.flag === 'string' && (
          <Button variant="default" onClick={() => save(null)}>
            Take the flag away
          </Button>
        )}
      </div>
    </form>
  )
}

function SecondReading({ onDone }: { onDone: () => void }) {
  const { readersStore, workListStore } = useSession()
  const study = useStore(workListStore, (state) => state.records?.study)
  const hasCohorts = useStore(workListStore, ({ rows }) => rows.some(({ patient }) => patient.cohort !== null))
  const { reader, names } = useStore(readersStore)
  const [from, setFrom] = useState<'training' | 'all'>(hasCohorts ? 'training' : 'all')
  const [seed, setSeed] = useState<number>(study?.rereading?.seed ?? defaultRereading.seed)
  const [reason, setReason] = useState('')
  const drawn = study?.rereading ?? null
  const isReadingAgain = study?.readers.some(({ id, rereads }) => rereads === reader || (id === reader && rereads !== undefined))
  return (
    <div className="asked">
      {drawn ? (
        <p>
          {drawn.patients.length} patients are drawn, by seed {drawn.seed} from {drawn.from === 'all' ? 'all' : 'training'} on{' '}
          {formatDateTime(drawn.at)}
          {drawn.drawnBefore > 0 && `, after ${drawn.drawnBefore} earlier draws`}. Another draw needs a reason.
        </p>
      ) : (
        <p className="dim">
          {defaultRereading.count} patients, of each centre and batch its share, are drawn by a seed: the same seed draws the same
          ones.
        </p>
      )}
      <SegmentedControl
        aria-label="From whom"
        value={from}
        onChange={setFrom}
        data={[
          { value: 'all', label: 'All patients' },
          { value: 'training', label: 'Training', disabled: !hasCohorts },
        ]}
      />
      <NumberInput
        label="Seed"
        min={0}
        max={2 ** 31}
        allowDecimal={false}
        value={seed}
        onChange={(value) => setSeed(Number(value) || 0)}
      />
      {drawn && (
        <TextInput
          label="Why another draw"
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <div className="row">
        <Button
          disabled={drawn !== null && reason.trim() === ''}
          onClick={() => {
            void workListStore.getState().drawRereading(from, seed, reason)
            onDone()
          }}
        >
          {drawn ? 'Draw again' : `Draw the ${defaultRereading.count}`}
        </Button>
        {!isReadingAgain && (
          <Button
            variant="default"
            title="A reader of its own, who sees nothing of the first reading and draws where that is locked"
            onClick={() => {
              void workListStore.getState().readAgain()
              onDone()
            }}
          >
            {names[reader]} reads again
          </Button>
        )}
      </div>
    </div>
  )
}
