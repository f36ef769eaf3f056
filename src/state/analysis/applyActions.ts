import type { ExtractionResult } from '../../core/extraction/collectResult.ts'
import { DataError, messageOf } from '../../core/messages/message.ts'
import type { BatchRow } from '../../core/study/batchRows.ts'
import type { RoleId } from '../../core/study/roles.ts'
import { pickRows } from '../../core/table/featureTable.ts'
import { programServer } from '../../io/programServer.ts'
import type { ApplyChoice } from '../../io/records/checkTable.ts'
import type { ModelFile } from '../../io/records/modelFile.ts'
import type { AppliedScores, CheckedTable } from '../../../workers/applyApi.ts'
import type { Batch } from '../batch/createBatch.ts'
import { told } from '../messages.ts'
import type { Readable } from '../readable.ts'
import type { ReadersState } from '../readers.ts'
import type { ScreenState } from '../screen.ts'
import { nothingApplied, sequencesOf, type ApplyStore, type MeasurablePatient } from './apply.ts'
import type { ScoresState } from './scores.ts'

/** What is done with a model off the page's thread. */
export interface ApplyHost {
  check(model: ModelFile, table: File, choice: ApplyChoice, signal: AbortSignal): Promise<CheckedTable>
  score(model: ModelFile, table: File, choice: ApplyChoice, signal: AbortSignal): Promise<AppliedScores>
}

export interface ApplyServices {
  readonly store: ApplyStore
  readonly host: ApplyHost
  readonly scores: Readable<Pick<ScoresState, 'open'>>
  readonly screen: Readable<Pick<ScreenState, 'show'>>
  readonly readers: Readable<Pick<ReadersState, 'reader'>>
  readonly openBatch: () => Promise<Pick<Batch, 'look' | 'measure'>>
}

/** What a person says of a patient who is measured here. */
export interface PatientChoice {
  readonly id: string
  /** For a model whose columns name no sequence: the one that it is measured on. */
  readonly role: RoleId | null
  /** Of ComBat; null where nothing is harmonised, or her values stay as measured. */
  readonly batch: string | null
}

export type ApplyActions = ReturnType<typeof createApplyActions>

/** A model is opened, and tables or single patients go through it. */
export function createApplyActions({ store, host, scores, screen, readers, openBatch }: ApplyServices) {
  const { getState: get, setState: set } = store
  /** Of what is read or scored; a measurement has its own. */
  let work = new AbortController()
  let measuring = new AbortController()
  /** The rows of the work list as they were looked at last. */
  let rows: readonly BatchRow[] = []

  const begin = () => {
    work.abort()
    work = new AbortController()
    return work.signal
  }
  const fail = (signal: AbortSignal, error: unknown) => {
    if (!signal.aborted) set({ reading: null, isScoring: false, problem: messageOf(error) })
  }

  async function openModel(file: File): Promise<void> {
    const signal = begin()
    measuring.abort()
    screen.getState().show('apply')
    set({ reading: file.name, problem: null })
    try {
      const { parseModelFile } = await programServer.load(() => import('../../io/records/modelFile.ts'))
      const content = parseModelFile(await file.text(), file.name)
      if (!signal.aborted) set({ ...nothingApplied, model: { file, content } })
    } catch (error) {
      fail(signal, error)
    }
  }

  async function check(choice: ApplyChoice, file: File): Promise<void> {
    const { model } = get()
    if (!model) return
    const signal = begin()
    set({ table: { file, choice, check: null }, scored: null, isScoring: false, shown: null, problem: null })
    try {
      const found = await host.check(model.content, file, choice, signal)
      if (!signal.aborted) set({ table: { file, choice, check: found }, reading: null })
    } catch (error) {
      fail(signal, error)
      if (!signal.aborted && choice.idColumn === null) set({ table: null })
    }
  }

  async function listPatients(): Promise<void> {
    try {
      const { look } = await openBatch()
      rows = await look(readers.getState().reader)
      set({ patients: listMeasurable(rows) })
    } catch (error) {
      set({ problem: messageOf(error) })
    }
  }

  async function measure({ id, role, batch }: PatientChoice): Promise<void> {
    const { model } = get()
    if (model?.content.source?.kind !== 'images') return
    measuring.abort()
    measuring = new AbortController()
    const { signal } = measuring
    set({ measuring: { id, progress: null }, shown: null, problem: null })
    try {
      const [{ parseParameterFile }, { scoreOne }] = await programServer.load(() =>
        Promise.all([import('../../io/records/parameterFile.ts'), import('./scoreOne.ts')]),
      )
      const parameters = parseParameterFile(model.content.source.parameters)
      const values = new Map<string, number>()
      const batchJobs = await openBatch()
      for (const sequence of sequencesOf(model.content)) {
        const row = rows.find((one) => one.id === id && one.role === (sequence ?? role))
        if (!row?.region) throw new DataError(told('nothing-to-measure', { id, role: sequence ?? role ?? '' }))
        const result = await batchJobs.measure(row, parameters, {
          signal,
          onProgress: (progress) => !signal.aborted && set({ measuring: { id, progress } }),
        })
        if (signal.aborted) return
        collect(values, result, sequence)
      }
      set({ measuring: null, shown: { ...scoreOne(model.content, id, values, batch), from: 'images' } })
    } catch (error) {
      if (!signal.aborted) set({ measuring: null, problem: messageOf(error) })
    }
  }

  return {
    openModel,
    /** @param file a table of features, to be scored */
    openTable: (file: File) => {
      if (!get().model) return set({ problem: told('model-first', { file: file.name }) })
      set({ reading: file.name })
      return check(
        { idColumn: null, batch: get().model?.content.harmonisation?.batch ?? [], unseen: 'refuse', isHarmonised: false },
        file,
      )
    },
    async choose(change: Partial<ApplyChoice>): Promise<void> {
      const { table } = get()
      if (table) await check({ ...table.choice, ...change }, table.file)
    },
    async score(): Promise<void> {
      const { model, table } = get()
      if (!model || !table) return
      const signal = begin()
      set({ isScoring: true, problem: null })
      try {
        const scored = await host.score(model.content, table.file, table.choice, signal)
        if (!signal.aborted) set({ isScoring: false, scored, shown: null })
      } catch (error) {
        fail(signal, error)
      }
    },
    showRow(id: string): void {
      const { scored } = get()
      if (!scored) return
      const table = pickRows(scored.table, [id])
      const score = scored.scores[scored.table.ids.indexOf(id)]
      set({
        shown: {
          id,
          from: 'table',
          table,
          score,
          isAsMeasured: scored.notHarmonised.includes(id),
          isMet: scored.met.includes(id),
        },
      })
    },
    hidePatient: () => set({ shown: null }),
    /** The scores with their outcome, as a table of scores of its own. */
    async evaluate(): Promise<void> {
      const { scored, table } = get()
      if (!scored?.withOutcome || !table) return
      const file = new File([scored.withOutcome], `${table.file.name.replace(/\.[^.]*$/, '')}-scores.csv`, {
        type: 'text/csv',
      })
      screen.getState().show('evaluate')
      await scores.getState().open(file)
    },
    listPatients,
    measure,
    cancel(): void {
      measuring.abort()
      begin()
      set({ measuring: null, isScoring: false, reading: null })
    },
    closeTable(): void {
      begin()
      set({ table: null, scored: null, shown: null, isScoring: false, problem: null })
    },
    close(): void {
      begin()
      measuring.abort()
      set(nothingApplied)
    },
    dismissProblem: () => set({ problem: null }),
  }
}

function listMeasurable(rows: readonly BatchRow[]): MeasurablePatient[] {
  const ids = [...new Set(rows.map(({ id }) => id))]
  return ids.map((id) => {
    const own = rows.filter((row) => row.id === id)
    const lacks = own.flatMap(({ role, image, region, state, reason }) => {
      const why = !image ? 'no image' : !region ? 'no ROI' : state === 'blocked' && reason ? 'not at hand' : null
      return why === null ? [] : [{ role, why } as const]
    })
    const lacking = new Set(lacks.map(({ role }) => role))
    return { id, roles: own.map(({ role }) => role).filter((role) => !lacking.has(role)), lacks }
  })
}

function collect(values: Map<string, number>, { features }: ExtractionResult, sequence: RoleId | null): void {
  for (const [name, value] of features) values.set(sequence === null ? name : `${sequence}_${name}`, value)
}
