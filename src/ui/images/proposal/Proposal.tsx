import { Button, Menu, Progress, SegmentedControl, Switch } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { groupSeries, type SeriesGroup } from '../../../core/cohort/proposal/groupSeries.ts'
import { say } from '../../../messages/say.ts'
import type { ProposedImport } from '../../../state/studyImport.ts'
import { formatCount } from '../../shared/formatNumber.ts'
import { Notice } from '../../shared/Notice.tsx'
import { useSession } from '../../shared/session.ts'
import { FolderButton } from '../../shared/FolderButton.tsx'
import type { Correction } from './correction.ts'
import { CorrectionDialog } from './CorrectionDialog.tsx'
import { Decisions } from './Decisions.tsx'
import { LeftOut } from './LeftOut.tsx'
import { Phases } from './Phases.tsx'
import { SeriesTable } from './SeriesTable.tsx'
import { SearchField } from '../../shared/SearchField.tsx'

/** Reading of rules checks them, which nothing else here does. */
const ruleFiles = () => import('./ruleFiles.ts')

const counted = (n: number, what: string, more = `${what}s`) => `${formatCount(n)} ${n === 1 ? what : more}`

/** What was found in folders and what it is taken for, until a person says that this is right. */
export function Proposal({ state }: { state: ProposedImport }) {
  const { studyImporter, openImages } = useSession()
  const { study, listed, files, rules, taking, problem } = state
  const [by, setBy] = useState<'series' | 'patient'>('series')
  const [text, setText] = useState('')
  const [withNames, setWithNames] = useState(false)
  const [isLeftOutShown, setIsLeftOutShown] = useState(false)
  const [correction, setCorrection] = useState<Correction | null>(null)
  const [inHand, setInHand] = useState<string | null>(null)
  const groups = useMemo(() => groupSeries(study, by), [study, by])
  const shown = useMemo(() => groups.filter((group) => fits(group, text)), [groups, text])
  const chosen = groups.find(({ key }) => key === inHand)
  const waiting = study.decisions.filter(({ chosen: choice, proposed }) => choice === null && proposed === null).length
  const { patients, images, centres } = study
  const act = (work: (importer: Awaited<ReturnType<typeof studyImporter>>) => unknown) => void studyImporter().then(work)
  return (
    <div className="screen main proposal">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            What is each series?
          </h1>
          <p className="dim">
            {counted(files.length, 'file')}, {counted(patients.length, 'patient')} of {counted(centres.length, 'centre')},{' '}
            {counted(images.length, 'image')}
            {listed.masks.length > 0 &&
              `, ${counted(listed.masks.length, 'mask')} that ${listed.masks.length === 1 ? 'stays where it is' : 'stay where they are'}`}
            {listed.leftOut.length > 0 && (
              <>
                ,{' '}
                <button
                  type="button"
                  className="link"
                  aria-expanded={isLeftOutShown}
                  onClick={() => setIsLeftOutShown(!isLeftOutShown)}
                >
                  {counted(listed.leftOut.length, 'file')} left out
                </button>
              </>
            )}
            {listed.pattern && `. Names of files are read as ${listed.pattern.text}`}
          </p>
        </div>
        <div className="row">
          <FolderButton label="Add folder" always />
          <More state={state} onOpenImages={(own) => void openImages(own)} />
          <Button variant="filled" disabled={taking !== null} onClick={() => act((importer) => importer.take())}>
            Use these roles
          </Button>
        </div>
      </header>
      {taking && (
        <div className="notice" role="status">
          <div className="body">
            <span>
              Patient {taking.done} of {taking.of} is taken into the study
            </span>
            <Progress
              mt={6}
              size="sm"
              value={taking.of > 0 ? (100 * taking.done) / taking.of : 0}
              aria-label="Patients taken in"
            />
          </div>
        </div>
      )}
      {problem && <Notice kind="error">{say(problem)}</Notice>}
      {waiting > 0 && (
        <Notice kind="warn">
          {counted(waiting, 'decision waits', 'decisions wait')} for you below. You may go on: patients in question stay on the
          work list as undecided and are passed over.
        </Notice>
      )}
      {isLeftOutShown && <LeftOut leftOut={listed.leftOut} />}
      <div className="row filters">
        <SearchField
          className="find"
          label="Find a series, scanner or patient"
          hint="Find series, scanner, patient"
          clear="Clear"
          value={text}
          onChange={setText}
        />
        <SegmentedControl
          aria-label="Group by"
          value={by}
          onChange={(value) => setBy(value)}
          data={[
            { value: 'series', label: 'Series and scanner' },
            { value: 'patient', label: 'Patient' },
          ]}
        />
        {by === 'patient' && (
          <Switch label="Names and IDs" checked={withNames} onChange={(event) => setWithNames(event.currentTarget.checked)} />
        )}
        <span className="dim tableHint">
          {rules.length > 0 && `${counted(rules.length, 'rule')} of yours. `}
          T1WI is the first phase of a dynamic series, T1WI+C the one of highest uptake.
        </span>
      </div>
      <SeriesTable
        groups={shown}
        study={study}
        listed={listed}
        by={by}
        withNames={withNames}
        inHand={inHand}
        onChoose={setInHand}
        onCorrect={(group, role) => setCorrection({ group, role })}
      />
      {chosen && chosen.series.length > 0 && <Phases study={study} dce={chosen.series[0]} label={chosen.example.label} />}
      <Decisions state={state} />
      <CorrectionDialog correction={correction} onClose={() => setCorrection(null)} />
    </div>
  )
}

function fits({ description, scanner, patients, roles }: SeriesGroup, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  const all = [description, scanner, ...patients, ...roles.map(({ role }) => role ?? '')]
  return wanted === '' || all.some((own) => own.toLowerCase().includes(wanted))
}

function More({ state, onOpenImages }: { state: ProposedImport; onOpenImages: (files: ProposedImport['files']) => void }) {
  const { studyImporter, studyImportStore } = useSession()
  const input = useRef<HTMLInputElement>(null)
  const hasRules = useStore(studyImportStore, (now) => now.status === 'proposed' && now.rules.length > 0)
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button rightSection={<IconChevronDown size={14} />}>More</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={!hasRules} onClick={() => void ruleFiles().then(({ saveRules }) => saveRules(state))}>
            Save the rules
          </Menu.Item>
          <Menu.Item onClick={() => input.current?.click()}>Take rules from a file</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => void studyImporter().then(({ discard }) => onOpenImages(discard()))}>
            Open all images at once, without a study
          </Menu.Item>
          <Menu.Item onClick={() => void studyImporter().then(({ discard }) => discard())}>Leave these folders</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json"
        autoComplete="off"
        aria-label="Take rules from a file"
        data-testid="rules-input"
        onChange={(event) => {
          const picker = event.currentTarget
          const [file] = picker.files ?? []
          picker.value = ''
          if (file)
            void Promise.all([studyImporter(), ruleFiles()]).then(([importer, { loadRules }]) => loadRules(file, importer))
        }}
      />
    </>
  )
}
