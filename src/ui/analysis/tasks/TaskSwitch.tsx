import { Button, CloseButton, NativeSelect, Popover } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { taskColumns, type StudyTask } from '../../../io/tables/roles/studyTask.ts'
import { tablesOf } from '../../../state/analysis/studyTasks.ts'
import { Key } from '../../shared/Key.tsx'
import { useSession } from '../../shared/session.ts'
import './tasks.css'

const nameTask = ({ column, positive }: StudyTask) => `${column} = ${positive}`

/** Which question is put to the study, the others, and a new one. */
export function TaskSwitch() {
  const { studyStore } = useSession()
  const tasks = useStore(studyStore, (state) => state.tasks)
  const task = useStore(studyStore, (state) => state.task)
  const fileName = useStore(studyStore, ({ door }) => (door?.choice.own ? 'The study' : door?.files.features.name))
  const isChoosing = useStore(studyStore, (state) => state.isChoosing)
  const [isOpen, setIsOpen] = useState(false)
  const at = tasks.findIndex(({ id }) => id === task)
  if (at < 0) return <div className="where dim">{fileName ?? 'No table open'}</div>
  return (
    <div className="where taskSwitch">
      <span className="dim ellipsis">{fileName} /</span>
      <Popover
        position="bottom-start"
        width={340}
        withArrow
        trapFocus
        returnFocus
        opened={isOpen}
        onChange={setIsOpen}
        // Its letters are typed into fields.
        closeOnEscape
      >
        <Popover.Target>
          <Button
            disabled={isChoosing}
            title={isChoosing ? 'The columns are being chosen: begin the study first' : undefined}
            onClick={() => setIsOpen(!isOpen)}
          >
            <span className="dim">
              Task {at + 1} of {tasks.length}:
            </span>
            <strong className="ellipsis">{nameTask(tasks[at])}</strong>
          </Button>
        </Popover.Target>
        <Popover.Dropdown className="taskList">
          <TaskList onShown={() => setIsOpen(false)} />
        </Popover.Dropdown>
      </Popover>
    </div>
  )
}

function TaskList({ onShown }: { onShown: () => void }) {
  const { studyStore } = useSession()
  const tasks = useStore(studyStore, (state) => state.tasks)
  const task = useStore(studyStore, (state) => state.task)
  const run = useStore(studyStore, (state) => state.run)
  const isOwn = useStore(studyStore, ({ door }) => door?.choice.own !== undefined)
  const { showTask, removeTask } = studyStore.getState()
  const computed = run.status === 'running' ? run.task : null
  return (
    <>
      <ul aria-label="Tasks">
        {tasks.map((one, at) => (
          <li key={one.id} className="row">
            <button
              type="button"
              aria-pressed={one.id === task}
              onClick={() => {
                onShown()
                void showTask(one.id)
              }}
            >
              <span className="dim">{at + 1}</span> <span className="ellipsis">{nameTask(one)}</span>
              {computed === one.id && <span className="dim">is computed</span>}
            </button>
            {tasks.length > 1 && !isOwn && (
              <CloseButton
                size="sm"
                aria-label={`Take out task ${at + 1}`}
                disabled={one.id === task || computed === one.id}
                title={
                  one.id === task ? 'It is in hand: take another one first' : computed === one.id ? 'It is computed' : undefined
                }
                onClick={() => removeTask(one.id)}
              />
            )}
          </li>
        ))}
      </ul>
      {tasks.length > 1 && (
        <p className="dim small">
          <Key>T</Key> takes the next one. Each has its own outcome, protocol, results and threshold.
        </p>
      )}
      {isOwn ? <p className="dim small">The tasks are those of the study.</p> : <AddTask onAdded={onShown} />}
    </>
  )
}

/** Another outcome of the same patients. */
function AddTask({ onAdded }: { onAdded: () => void }) {
  const { studyStore } = useSession()
  const door = useStore(studyStore, (state) => state.door)!
  const protocol = useStore(studyStore, (state) => state.protocol)
  const tasks = useStore(studyStore, (state) => state.tasks)
  const columns = useMemo(() => {
    const taken = new Set([
      ...tasks.map(({ table, column }) => `${table} ${column}`),
      ...(protocol?.models ?? []).flatMap(({ clinical }) => clinical.map((entry) => `clinical ${typeof entry === 'string' ? entry : entry.column}`)), // prettier-ignore
    ])
    return taskColumns(tablesOf(door), door.choice).filter(
      ({ table, column }) => !taken.has(`${table} ${column}`) && !taken.has(`clinical ${column}`),
    )
  }, [door, protocol, tasks])
  const [chosen, setChosen] = useState(0)
  const [positive, setPositive] = useState('')
  if (columns.length === 0)
    return (
      <p className="dim small">
        Another task needs another outcome: a column of two values that is neither a feature nor a predictor of a model here. This
        study has none. Patients whose outcome is empty are taken out of the task.
      </p>
    )
  const { values, ...column } = columns[Math.min(chosen, columns.length - 1)]
  return (
    <fieldset className="addTask">
      <legend>Another task</legend>
      <NativeSelect
        label="Outcome"
        data={columns.map((one, at) => ({ value: String(at), label: one.column }))}
        value={String(Math.min(chosen, columns.length - 1))}
        onChange={(event) => {
          setChosen(Number(event.currentTarget.value))
          setPositive('')
        }}
      />
      <NativeSelect
        label="Positive is"
        data={[{ value: '', label: 'Choose' }, ...values]}
        value={positive}
        onChange={(event) => setPositive(event.currentTarget.value)}
      />
      <Button
        disabled={positive === ''}
        onClick={() => {
          onAdded()
          void studyStore.getState().addTask({ ...column, positive })
        }}
      >
        Add the task
      </Button>
      <p className="dim small">
        It begins with the protocol of this one. Patients whose outcome is empty are taken out of it; the outcome of one task is
        no predictor in another.
      </p>
    </fieldset>
  )
}
