import { Button, Checkbox, Modal, NativeSelect, Progress, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { nameOfFound } from '../../core/study/leavingStudy.ts'
import { nameOfRegion } from '../../core/study/contents.ts'
import type { Difference, RegionChoice } from '../../core/study/mergeStudies.ts'
import { messageOf, type Message } from '../../core/messages/message.ts'
import { studyFileWords } from '../../messages/words/studyFileWords.ts'
import { formatDateTime } from '../../messages/formatDateTime.ts'
import { listSome } from '../../messages/listSome.ts'
import { say } from '../../messages/say.ts'
import '../../messages/sayStudyFile.ts'
import type { StudyCopier } from '../../state/studyCopier.ts'
import type { ImagesToSave, StudyCopy, StudyCounts } from '../../state/studyCopy.ts'
import { formatBytes, formatCount } from '../shared/formatNumber.ts'
import { Notice } from '../shared/Notice.tsx'
import { useSession } from '../shared/session.ts'
import './studyCopy.css'

const titles: Readonly<Record<Exclude<StudyCopy['status'], 'none'>, string>> = {
  looking: 'Save the study to a file',
  ready: 'Save the study to a file',
  writing: 'Save the study to a file',
  checking: 'Save the study to a file',
  written: 'The study is saved',
  reading: 'Open a study file',
  merging: 'Merge into this study?',
  opened: 'The study file is opened',
  failed: 'That did not work',
}

/** Saves the study to a file, and takes one from a file. */
export function StudyCopyDialog() {
  const { studyCopier, studyCopyStore } = useSession()
  const copy = useStore(studyCopyStore)
  const act = (what: (copier: StudyCopier) => void) => void studyCopier().then(what)
  const close = () => act((copier) => copier.cancel())
  return (
    <Modal
      opened={copy.status !== 'none'}
      onClose={close}
      title={copy.status === 'none' ? '' : titles[copy.status]}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }}
    >
      <div className="studyCopy">
        <Step copy={copy} act={act} close={close} />
      </div>
    </Modal>
  )
}

interface StepProps<Status extends StudyCopy['status'] = StudyCopy['status']> {
  readonly copy: Extract<StudyCopy, { status: Status }>
  readonly act: (what: (copier: StudyCopier) => void) => void
  readonly close: () => void
}

function Step({ copy, act, close }: StepProps) {
  switch (copy.status) {
    case 'none':
      return null
    case 'looking':
      return <p className="dim">Looking at what there is to save …</p>
    case 'ready':
      return <Ready copy={copy} act={act} close={close} />
    case 'writing':
    case 'checking':
    case 'reading':
      return <Working copy={copy} close={close} />
    case 'written':
      return (
        <>
          <p>
            {describeCounts(copy.counts)}
            {copy.images > 0 && `, ${copy.images === 1 ? '1 image' : `${formatCount(copy.images)} images`}`}{' '}
            {copy.isDownload ? 'went to your downloads as' : 'are in'} <strong>{copy.name}</strong>, which was read back and is
            whole.
          </p>
          {copy.isDownload && (
            <p className="dim">Move it to another disk or to your hospital’s share: a copy beside this one helps little.</p>
          )}
          <Lost told={copy.leftOut} />
          <KeyList act={act} />
          <Buttons>
            <Button onClick={close}>Close</Button>
          </Buttons>
        </>
      )
    case 'merging':
      return <Merging copy={copy} act={act} close={close} />
    case 'opened':
      return (
        <>
          <p>
            {isNothing(copy.news)
              ? `Nothing in ${copy.name} is new to this study.`
              : `${describeCounts(copy.news)} came from ${copy.name}.`}{' '}
            {copy.images === 0
              ? 'Images are not in it: add their folder, and each finds its patient again.'
              : `${copy.images === 1 ? 'One image lies' : `${formatCount(copy.images)} images lie`} in it and ${copy.images === 1 ? 'is' : 'are'} read from there when wanted: leave the file where it is.`}
          </p>
          <Differences differences={copy.differences} />
          <Lost told={copy.lost} />
          <Buttons>
            <Button onClick={close}>Show the study</Button>
          </Buttons>
        </>
      )
    case 'failed':
      return (
        <>
          <Notice kind="error">
            {copy.what === 'save' ? 'The study was not saved: ' : 'The file was not opened: '}
            {say(copy.reason)}
          </Notice>
          <Buttons>
            <Button variant="default" onClick={close}>
              Close
            </Button>
          </Buttons>
        </>
      )
  }
}

function Ready({ copy: { counts, waiting, images, found }, act, close }: StepProps<'ready'>) {
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set())
  const [withImages, setWithImages] = useState(false)
  const isOpen = found.some((one) => !confirmed.has(nameOfFound(one)))
  return (
    <>
      <p>
        {describeCounts(counts)}, with decisions, the analysis of its tables and the journal of what was done. Masks are NIfTI on
        the grid of their images, tables CSV and Parquet: other programs read them, and this one opens the file again or merges it
        into another copy.
      </p>
      <p className="dim">
        {withImages ? 'No names' : 'No images, names'}, clinic’s IDs, birth dates or paths: they stay in this browser. ROIs of all
        readers are in it.{' '}
        {counts.clinical > 0 &&
          'Clinical values are in it as they were read, without dates and free text; an age above 90 stands as 90.'}
      </p>
      {waiting > 0 && (
        <Notice kind="warn">
          {waiting === 1 ? '1 ROI waits' : `${formatCount(waiting)} ROIs wait`} for your decision beside another one of its image
          and {waiting === 1 ? 'is' : 'are'} not in the file. Open the image and choose first.
        </Notice>
      )}
      {found.length > 0 && (
        <div className="notice warn">
          <div className="body">
            <strong>These texts may name a patient.</strong> Words in them occur in a name, an ID, a date or a path. Tick what
            names nobody; change the others first.
            <div className="found">
              {found.map((one) => (
                <Checkbox
                  key={nameOfFound(one)}
                  label={studyFileWords().sayNameFound(one)}
                  checked={confirmed.has(nameOfFound(one))}
                  onChange={({ currentTarget: { checked } }) => {
                    const next = new Set(confirmed)
                    if (checked) next.add(nameOfFound(one))
                    else next.delete(nameOfFound(one))
                    setConfirmed(next)
                  }}
                />
              ))}
            </div>
          </div>
        </div>
      )}
      <WithImages images={images} checked={withImages} onChange={setWithImages} />
      <ByItself act={act} />
      <Buttons>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button
          data-autofocus
          disabled={isOpen}
          onClick={() =>
            act(
              (copier) =>
                void copier.save(
                  found.filter((one) => confirmed.has(nameOfFound(one))),
                  { withImages },
                ),
            )
          }
        >
          Save
        </Button>
      </Buttons>
    </>
  )
}

/** Large, and only where somebody needs them elsewhere. */
function WithImages({
  images: { count, bytes, away },
  checked,
  onChange,
}: {
  images: ImagesToSave
  checked: boolean
  onChange: (checked: boolean) => void
}) {
  const elsewhere = away > 0 ? `${formatCount(away)} more are not at hand: give or connect their folder first.` : ''
  return (
    <>
      <Checkbox
        label={
          count === 0
            ? 'With images: none is at hand'
            : `With images: ${formatCount(count)} of the study’s sequences, up to ${formatBytes(bytes)} before they are packed`
        }
        description={`As NIfTI: where the file is opened they are read from it, by other programs too. ${elsewhere}`}
        disabled={count === 0}
        checked={checked}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {checked && (
        <Notice kind="warn">
          Nothing of the headers but the grid goes with the images. What is seen in them does: of a head a face can be recognised,
          and some images have a name written into their voxels. Look at them before you give the file to others.
        </Notice>
      )}
    </>
  )
}

const typedForKeys = 'who is who'

/** The list that says who is who leaves apart from the study, and only on purpose. */
function KeyList({ act }: Pick<StepProps, 'act'>) {
  const [isAsked, setIsAsked] = useState(false)
  const [typed, setTyped] = useState('')
  const [outcome, setOutcome] = useState<{ readonly name: string } | { readonly reason: Message }>()
  if (outcome && 'reason' in outcome) return <Notice kind="error">The key list was not saved: {say(outcome.reason)}</Notice>
  if (outcome)
    return (
      <Notice kind="warn">
        {outcome.name} went to your downloads. It names the patients: keep it apart from the study, where only those who may know
        can read it.
      </Notice>
    )
  if (!isAsked)
    return (
      <div className="row byItself">
        <span className="dim">Who is who is not in the file.</span>
        <Button variant="default" size="compact-sm" onClick={() => setIsAsked(true)}>
          Key list apart …
        </Button>
      </div>
    )
  return (
    <form
      className="row byItself"
      onSubmit={(event) => {
        event.preventDefault()
        if (typed.trim() !== typedForKeys) return
        const reason = (error: unknown) => setOutcome({ reason: messageOf(error) })
        act((copier) => void copier.saveKeys().then((name) => setOutcome({ name }), reason))
      }}
    >
      <TextInput
        label={`A file of labels beside clinic’s IDs and birth dates. Type "${typedForKeys}" to save it`}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit" variant="light" color="red" disabled={typed.trim() !== typedForKeys}>
        Save the key list
      </Button>
    </form>
  )
}

/** Copies that nobody has to think of. */
function ByItself({ act }: Pick<StepProps, 'act'>) {
  const { autoCopyStore } = useSession()
  const auto = useStore(autoCopyStore)
  if (!('showDirectoryPicker' in window)) return null
  if (auto.status === 'off')
    return (
      <div className="row byItself">
        <span className="dim">Or let copies go to a folder by themselves, best on another disk.</span>
        <Button variant="default" size="compact-sm" onClick={() => act((copier) => void copier.copyToFolder())}>
          Choose a folder
        </Button>
      </div>
    )
  return (
    <div className="row byItself">
      <span className="dim">
        {auto.status === 'asks'
          ? `The browser asks before it writes to ${auto.folder} again.`
          : auto.status === 'failed'
            ? `The copy to ${auto.folder} failed: ${say(auto.reason)}`
            : auto.status === 'copying'
              ? `Copying to ${auto.folder} …`
              : `Copies go to ${auto.folder} by themselves: every 5 minutes and when an ROI is complete, where something changed.`}
      </span>
      {(auto.status === 'asks' || auto.status === 'failed') && (
        <Button variant="default" size="compact-sm" onClick={() => act((copier) => void copier.connectFolder())}>
          {auto.status === 'asks' ? 'Allow it' : 'Try again'}
        </Button>
      )}
      <Button variant="default" size="compact-sm" onClick={() => act((copier) => void copier.stopCopying())}>
        Stop
      </Button>
    </div>
  )
}

const doing = { writing: 'Writing', checking: 'Reading back', reading: 'Reading' } as const

function Working({ copy: { status, name, done, total }, close }: Omit<StepProps<'writing' | 'checking' | 'reading'>, 'act'>) {
  return (
    <>
      <p role="status">
        {doing[status]} {name} {total > 0 && `(${formatCount(done)} of ${formatCount(total)})`} …
      </p>
      <Progress value={total > 0 ? (100 * done) / total : 2} animated={total === 0} aria-label={`${doing[status]} ${name}`} />
      <Buttons>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
      </Buttons>
    </>
  )
}

function Merging({ copy: { name, conflicts, news, differences, lost }, act, close }: StepProps<'merging'>) {
  const [choices, setChoices] = useState<ReadonlyMap<string, RegionChoice>>(
    new Map(conflicts.map((conflict) => [nameOfRegion(conflict), 'mine'])),
  )
  return (
    <>
      <p>
        {isNothing(news) ? `Nothing in ${name} is new to this study.` : `${describeCounts(news)} would come from ${name}.`} What
        is here stays; what is the same in both is there once.
      </p>
      {conflicts.length > 0 && (
        <>
          <p>
            {conflicts.length === 1 ? 'One ROI is' : `${formatCount(conflicts.length)} ROIs are`} drawn otherwise in the file by
            the same reader:
          </p>
          <div className="found">
            {conflicts.map((conflict) => {
              const key = nameOfRegion(conflict)
              const told = `${conflict.label}, lesion ${conflict.lesion}, reader ${conflict.reader}`
              const { mine, theirs } = conflict
              return (
                <div key={key} className="conflict">
                  <span>
                    {told}
                    <br />
                    <span className="dim">
                      here {formatCount(mine.voxelCount)} voxels, {formatDateTime(mine.changedAt)}; in the file{' '}
                      {formatCount(theirs.voxelCount)}, {formatDateTime(theirs.changedAt)}
                    </span>
                  </span>
                  <NativeSelect
                    aria-label={told}
                    value={choices.get(key) ?? 'mine'}
                    onChange={({ currentTarget: { value } }) => setChoices(new Map(choices).set(key, value as RegionChoice))}
                    data={[
                      { value: 'mine', label: 'Keep mine' },
                      { value: 'theirs', label: 'Take the file’s' },
                      { value: 'asAnother', label: 'Keep both' },
                    ]}
                  />
                </div>
              )
            })}
          </div>
          <p className="dim">Where both are kept, the file’s ROI becomes that of a reader of its own.</p>
        </>
      )}
      <Differences differences={differences} />
      <Lost told={lost} />
      <Buttons>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        {!(isNothing(news) && conflicts.length === 0) && (
          <Button onClick={() => act((copier) => void copier.merge(choices))}>Merge</Button>
        )}
      </Buttons>
    </>
  )
}

const differing: Readonly<Record<Difference['what'], string>> = {
  note: 'note',
  flag: 'flag',
  exclusion: 'exclusion',
  series: 'dynamic series',
  centre: 'centre',
  batch: 'scanner',
  role: 'role of an image',
  image: 'voxels of an image',
  patient: 'other images under the same label: not taken',
  reader: 'name of the reader',
  decision: 'decision',
  table: 'features of other settings',
  plan: 'plan',
}

function Differences({ differences }: { differences: readonly Difference[] }) {
  if (differences.length === 0) return null
  const told = differences.map(
    ({ what, subject }) => `${subject.length > 40 ? subject.slice(0, 8) : subject}: ${differing[what]}`,
  )
  return (
    <Notice kind="info">
      {differences.length === 1 ? '1 thing is' : `${formatCount(differences.length)} things are`} said otherwise in the file and{' '}
      {differences.length === 1 ? 'stays' : 'stay'} as here: {listSome(told, '; ')}.
    </Notice>
  )
}

function Lost({ told }: { told: readonly Message[] }) {
  if (told.length === 0) return null
  return (
    <Notice kind="warn">
      {told.map((one, i) => (
        <p key={i}>{say(one)}</p>
      ))}
    </Notice>
  )
}

const Buttons = ({ children }: { children: ReactNode }) => <div className="row buttons">{children}</div>

const isNothing = ({ patients, regions, tables, clinical }: StudyCounts) => patients + regions + tables + clinical === 0

function describeCounts({ patients, regions, tables, clinical }: StudyCounts): string {
  const count = (n: number, one: string, many: string) => `${formatCount(n)} ${n === 1 ? one : many}`
  return [
    count(patients, 'patient', 'patients'),
    count(regions, 'ROI', 'ROIs'),
    ...(tables > 0 ? [count(tables, 'row of features', 'rows of features')] : []),
    ...(clinical > 0 ? [`clinical values of ${count(clinical, 'patient', 'patients')}`] : []),
  ].join(', ')
}
