import { messageOf } from '../core/messages/message.ts'
import type { ExclusionReason } from '../core/study/exclusions.ts'
import type { CohortPlan } from '../core/study/study.ts'
import { findClinicalRows, guessVariables } from '../io/tables/roles/guessVariables.ts'
import type { StudyPlanStore as KeptPlan } from '../storage/studyPlanStore.ts'
import type { Readable } from './readable.ts'
import type { ReadersState } from './readers.ts'
import type { ColumnChoice, OpenedSheet, ReadSheet, StudyPlanStore } from './studyPlan.ts'
import type { WorkListState } from './workList.ts'

export interface StudyPlannerServices {
  readonly store: StudyPlanStore
  readonly kept: KeptPlan
  readonly workList: Readable<Pick<WorkListState, 'reload'>>
  readonly readers: Readable<Pick<ReadersState, 'reader'>>
  readonly readSheet: ReadSheet
  readonly now: () => number
}

export type StudyPlanner = ReturnType<typeof createStudyPlanner>

/** What a person plans of a study: its clinical table, who is left out, who learns and who is judged. */
export function createStudyPlanner({ store, kept, workList, readers, readSheet, now }: StudyPlannerServices) {
  let abort = new AbortController()
  let last: Promise<unknown> = Promise.resolve()
  const who = () => ({ by: readers.getState().reader, at: now() })

  /** One act after the other, then what is kept now is shown. @returns whether it was done */
  const act = (work: () => Promise<unknown>): Promise<boolean> => {
    const done = last.then(async () => {
      try {
        const problem = await work().then(
          () => null,
          (error: unknown) => messageOf(error),
        )
        store.setState({ records: await kept.load(), problem })
        await workList.getState().reload()
        return problem === null
      } catch (error) {
        store.setState({ problem: messageOf(error) })
        return false
      }
    })
    last = done
    return done
  }

  async function read(file: File, sheet: string | null): Promise<void> {
    abort.abort()
    abort = new AbortController()
    const { signal } = abort
    store.setState({ isReading: true, problem: null, isSheetShown: true })
    try {
      const { rows, sheets, assumed } = await readSheet(file, sheet, signal)
      const { columns: header, rows: body } = findClinicalRows(rows)
      const { id, variables } = guessVariables(header)
      const before = store.getState().opened
      // A sheet that was named is not told with the others.
      const all = sheets.length > 0 ? sheets : before?.file === file ? before.sheets : []
      signal.throwIfAborted()
      store.setState({
        opened: { file, sheets: all, sheet: sheet ?? all.at(0) ?? null, assumed, header, rows: body, id, variables },
      }) // prettier-ignore
    } catch (error) {
      if (!signal.aborted) store.setState({ problem: messageOf(error) })
    } finally {
      if (abort.signal === signal) store.setState({ isReading: false })
    }
  }

  return {
    load: () => act(async () => undefined),
    showSheet: (isSheetShown: boolean) => store.setState({ isSheetShown, problem: null }),

    openFile: (file: File) => read(file, null),
    async chooseSheet(sheet: string): Promise<void> {
      const { opened } = store.getState()
      if (opened) await read(opened.file, sheet)
    },
    /** Of the table that was opened, else of that of the study, whose answers stay. */
    async chooseColumns(choice: ColumnChoice): Promise<void> {
      const { opened, records } = store.getState()
      if (opened) store.setState({ opened: { ...opened, ...choice } })
      else if (records?.clinical && choice.id !== null) {
        const { clinical } = records
        const { id, variables } = choice
        await act(() => kept.takeClinical({ ...clinical, id, variables }))
      }
    },
    /** The table that was opened becomes the study's, without the columns that are no variable. */
    async takeSheet(): Promise<void> {
      const { opened } = store.getState()
      if (!opened || opened.id === null) return
      const { id } = opened
      const isDone = await act(() => kept.takeClinical({ ...keepColumns(opened, id), id, variables: opened.variables, answers: {} })) // prettier-ignore
      if (isDone) store.setState({ opened: null })
    },
    discardSheet: () => store.setState({ opened: null, problem: null }),
    removeTable: () => act(() => kept.takeClinical(null)),
    /** @param option null opens the doubt again */
    answer: (doubt: string, option: string | null) => act(() => kept.answer({ [doubt]: option })),

    plan: (cohorts: CohortPlan) => act(() => kept.plan({ cohorts })),
    /** @param patients IDs of a group that is proposed for one reason */
    exclude: (reason: ExclusionReason, patients: readonly string[]) =>
      act(() => kept.exclude(new Map(patients.map((id) => [id, reason])), who())),
    freeze: () => act(() => kept.freeze(who())),
    thaw: (reason: string) => act(() => kept.thaw(reason)),
    dismiss: () => store.setState({ problem: null }),
  }
}

/** What is no variable is not kept. */
function keepColumns({ header, rows, variables }: OpenedSheet, id: string): Pick<OpenedSheet, 'header' | 'rows'> {
  const wanted = new Set([id, ...variables.flatMap(({ column, ishColumn }) => [column, ishColumn])])
  const at = header.flatMap((column, i) => (wanted.has(column) ? [i] : []))
  return { header: at.map((i) => header[i]), rows: rows.map((row) => at.map((i) => row[i] ?? '')) }
}
