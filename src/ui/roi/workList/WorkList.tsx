import { Button, CloseButton, NativeSelect, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { countChips, countRegions, filterPatients, listChips, type ListChip } from '../../../core/study/workList.ts'
import { say } from '../../../messages/say.ts'
import { runCommand } from '../../commands/runCommand.ts'
import { FolderBanner } from '../../shared/FolderBanner.tsx'
import { formatCount } from '../../shared/formatNumber.ts'
import { Key } from '../../shared/Key.tsx'
import { Notice } from '../../shared/Notice.tsx'
import { useSession } from '../../shared/session.ts'
import { PatientSide } from './PatientSide.tsx'
import { WorkListTable } from './WorkListTable.tsx'
import './workList.css'

const chipNames: Readonly<Record<ListChip, string>> = {
  all: 'All',
  toDo: 'To do',
  inProgress: 'In progress',
  complete: 'Complete',
  flagged: 'Flagged',
  reread: 'Reread',
}

/** Whose ROI comes next: a row a patient, as the reader in hand may see it. */
export function WorkList() {
  const session = useSession()
  const { readersStore, roiStore, workListStore } = session
  const rows = useStore(workListStore, (state) => state.rows)
  const filter = useStore(workListStore, (state) => state.filter)
  const problem = useStore(workListStore, (state) => state.problem)
  const notice = useStore(roiStore, (state) => state.notice)
  const { reader, names, study } = useStore(readersStore)
  const roles = useStore(workListStore, (state) => state.records?.study.roles)
  const shown = useMemo(() => filterPatients(rows, filter), [rows, filter])
  const chips = useMemo(() => countChips(rows, filter.withExcluded), [rows, filter.withExcluded])
  const counts = useMemo(() => countRegions(rows), [rows])
  const excluded = useMemo(() => rows.filter(({ state }) => state === 'excluded').length, [rows])
  const simulated = useMemo(() => rows.filter((row) => row.isSimulated).length, [rows])
  const { setFilter, dismiss } = workListStore.getState()
  const roleCount = roles?.length ?? 0
  return (
    <div className="screen workList">
      <div className="main">
        <header className="screenHead">
          <div>
            <h1 tabIndex={-1} data-focus-home>
              Whose ROI comes next?
            </h1>
            {simulated > 0 && (
              <span className="pill" title="Made images: no measurement of them says anything of patients">
                {simulated === rows.length ? 'Simulated study' : `${formatCount(simulated)} simulated patients among them`}
              </span>
            )}
            <p className="dim">
              {names[reader]}, {roleCount} sequences of {formatCount(rows.length)} {rows.length === 1 ? 'patient' : 'patients'}.
              Outcomes are hidden while reading.
            </p>
          </div>
          <div className="row">
            <NativeSelect
              aria-label="Who reads"
              value={reader}
              onChange={(event) => void roiStore.getState().chooseReader(event.currentTarget.value)}
              data={study.readers.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <Button variant="default" onClick={() => workListStore.getState().ask({ what: 'rereading' })}>
              Second reading
            </Button>
            <Button variant="default" rightSection={<kbd aria-hidden>⇧S</kbd>} onClick={() => runCommand(session, 'study.save')}>
              Save to a file
            </Button>
            <Button
              variant="filled"
              rightSection={<kbd aria-hidden>⇧N</kbd>}
              onClick={() => runCommand(session, 'patients.next')}
            >
              Next to do
            </Button>
          </div>
        </header>
        <FolderBanner />
        <Progress counts={counts} flagged={chips.flagged} />
        {problem && (
          <Notice kind="error" onClose={dismiss}>
            {say(problem)}
          </Notice>
        )}
        {notice && (
          <Notice kind="info" onClose={roiStore.getState().dismissNotice}>
            {say(notice)}
          </Notice>
        )}
        <div className="row filters">
          <TextInput
            className="find"
            aria-label="Find an ID or a note"
            placeholder="Find ID or note"
            data-find
            leftSection={<IconSearch size={14} />}
            rightSection={
              filter.text === '' ? (
                <Key>/</Key>
              ) : (
                <CloseButton size="xs" aria-label="Clear" onClick={() => setFilter({ text: '' })} />
              )
            }
            value={filter.text}
            onChange={(event) => setFilter({ text: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' && event.key !== 'Enter') return
              event.preventDefault()
              event.currentTarget.blur()
              if (event.key === 'Enter') workListStore.getState().step(-Infinity)
            }}
          />
          <span className="dim">Patients</span>
          {listChips.map((chip) => (
            <button
              key={chip}
              type="button"
              className="chip"
              aria-pressed={filter.chip === chip}
              onClick={() => setFilter({ chip })}
            >
              {chipNames[chip]} <strong>{formatCount(chips[chip])}</strong>
            </button>
          ))}
          <button
            type="button"
            className="chip"
            aria-pressed={!filter.withExcluded}
            onClick={() => setFilter({ withExcluded: !filter.withExcluded })}
          >
            Not excluded <strong>{formatCount(rows.length - excluded)}</strong>
          </button>
        </div>
        <WorkListTable rows={shown} />
        <p className="keyHints">
          <Key>↑</Key> <Key>↓</Key> row <Key>Enter</Key> open <Key>⇧N</Key> next to do <Key>⇧D</Key> done, and on <Key>⇧F</Key>{' '}
          flag with a note <Key>Del</Key> exclude with a reason <Key>⇧L</Key> list or views
        </p>
      </div>
      <PatientSide />
    </div>
  )
}

/** How far the ROIs of all roles are, in one bar. */
function Progress({ counts, flagged }: { counts: ReturnType<typeof countRegions>; flagged: number }) {
  const { empty, inProgress, complete, locked } = counts
  const all = empty + inProgress + complete + locked
  const done = complete + locked
  const share = (n: number) => ({ width: `${all === 0 ? 0 : (100 * n) / all}%` })
  const isAllDone = all > 0 && done === all
  return (
    <div className="listProgress">
      <div className="bar" aria-hidden>
        <span className="locked" style={share(locked)} />
        <span className="complete" style={share(complete)} />
        <span className="inProgress" style={share(inProgress)} />
      </div>
      <span className="dim">
        {isAllDone ? (
          <strong className="allDone">All done: {formatCount(all)} ROIs are complete</strong>
        ) : (
          <>
            <strong>{formatCount(done)}</strong> of {formatCount(all)} ROIs complete, {formatCount(inProgress)} in progress
          </>
        )}
        {flagged > 0 && `, ${formatCount(flagged)} flagged`}
      </span>
    </div>
  )
}
