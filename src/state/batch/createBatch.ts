import type { ExtractionResult } from '../../core/extraction/collectResult.ts'
import { expectVoxels } from '../../core/extraction/expectTime.ts'
import { listFeatureNames } from '../../core/extraction/featureNames.ts'
import type { Volume } from '../../core/image/volume.ts'
import { placeMask } from '../../core/mask/maskPart.ts'
import { describePart, type PartDescription } from '../../core/mask/measure/describePart.ts'
import { DataError, messageOf, type Message } from '../../core/messages/message.ts'
import { compare } from '../../core/numeric/compare.ts'
import type { OnProgress } from '../../core/numeric/jobs.ts'
import { planExtraction } from '../../core/parameters/profiles/pyradiomics.ts'
import type { ExtractionParameters } from '../../core/parameters/profiles/pyradiomics/parameters.ts'
import { hashInputs, listBatchRows, type BatchRegion, type BatchRow } from '../../core/study/batchRows.ts'
import { lesionSuffix } from '../../core/study/lesions.ts'
import type { RoleId } from '../../core/study/roles.ts'
import type { ReaderId, StudyImage } from '../../core/study/study.ts'
import { wideTable, type WideTable } from '../../core/table/wideTable.ts'
import type { BatchHost } from '../../../workers/batchHost.ts'
import type { BatchStore as KeptBatch } from '../../storage/batchStore.ts'
import { hashMask } from '../../io/images/hashMask.ts'
import { programServer } from '../../io/programServer.ts'
import { imageKey } from '../../storage/imageKey.ts'
import { StorageError, type MaskStore } from '../../storage/maskStore.ts'
import { keptKey } from '../../storage/regionKey.ts'
import type { KeptRegion, KeptTable } from '../../storage/schema.ts'
import type { TableStore } from '../../storage/tableStore.ts'
import type { OwnClaims } from '../claimTab.ts'
import { studyParametersName, type ExtractionState } from '../extraction.ts'
import type { ImagesState } from '../images.ts'
import { told } from '../messages.ts'
import type { Readable } from '../readable.ts'
import { listAtHand, readStudyImage } from '../readStudyImage.ts'
import type { ReadersState } from '../readers.ts'
import type { TablesState } from '../tables.ts'
import type { WorkListState } from '../workList.ts'
import { isBatchRunning, type BatchProgress, type BatchStore } from './batchState.ts'
import { runRows, type RowEnd } from './runRows.ts'

/** What is told of a folder or study file that cannot be read: all its images are away then. */
const placesAway: ReadonlySet<string> = new Set(['folder-not-there', 'study-file-not-there'])

export interface BatchServices {
  readonly store: BatchStore
  readonly kept: KeptBatch
  readonly masks: Pick<MaskStore, 'list' | 'find' | 'unpack'>
  readonly keptTables: Pick<TableStore, 'list' | 'findFeatures'>
  readonly tables: Readable<Pick<TablesState, 'take'>>
  readonly workList: Readable<Pick<WorkListState, 'records'>>
  readonly images: Readable<Pick<ImagesState, 'volumes' | 'asleep'>>
  readonly extraction: Readable<Pick<ExtractionState, 'parameters' | 'parametersName'>>
  readonly readers: Readable<Pick<ReadersState, 'reader' | 'names'>>
  readonly openHost: () => Promise<Pick<BatchHost, 'countWorkers' | 'openWorker' | 'readFiles' | 'close'>>
  /** One tab computes. */
  readonly claims: OwnClaims
  readonly now: () => number
  /** Of this program. */
  readonly version: string
}

/** See `ComputeBridge.extract`. */
export interface MeasureOptions {
  readonly signal: AbortSignal
  readonly onProgress: OnProgress
}

interface Listed {
  readonly rows: readonly BatchRow[]
  /** Of the reader's regions, by `keptKey`. */
  readonly heads: ReadonlyMap<string, KeptRegion>
}

/** Computes the rows of a study: what is there and current is never computed again. */
export function createBatch(services: BatchServices) {
  const { store, kept, masks, keptTables, tables, workList, images, extraction, readers, now, version } = services
  /** By hash of a mask: nothing else changes what is said of it. */
  const described = new Map<string, PartDescription | undefined>()
  /** Regions of the last check, by `keptKey`. */
  let heads: Listed['heads'] = new Map()
  let lastCheck = 0
  /** Why the rows could not be looked at. */
  let checkProblem: Message | null = null
  let abort = new AbortController()
  let resume: (() => void) | undefined
  let ending: Promise<unknown> = Promise.resolve()

  const isRunning = () => isBatchRunning(store.getState())

  async function describe(head: KeptRegion): Promise<BatchRegion | undefined> {
    const { maskHash } = head
    if (maskHash !== undefined && described.has(maskHash)) return { ...head, maskHash, described: described.get(maskHash) }
    const found = await masks.find(head.key)
    if (!found) return undefined
    try {
      const part = await masks.unpack(found)
      const hash = found.maskHash ?? (await hashMask(part))
      described.set(hash, describePart(part))
      return { ...found, maskHash: hash, described: described.get(hash) }
    } catch (error) {
      if (!isDamage(error)) throw error
      return { ...found, maskHash: found.maskHash ?? '', described: undefined, problem: messageOf(error) }
    }
  }

  async function listRows(reader: ReaderId, onLooked: (done: number, of: number) => void): Promise<Listed> {
    const { records } = workList.getState()
    if (!records) return { rows: [], heads: new Map() }
    const own = (await masks.list()).filter((head) => head.reader === reader && head.key === keptKey(head) && head.voxelCount > 0)
    const regions: BatchRegion[] = []
    for (const [i, head] of own.entries()) {
      if (i % 20 === 0) onLooked(i, own.length)
      const region = await describe(head)
      if (region) regions.push(region)
    }
    const isElsewhere = await services.claims.isElsewhere('run')
    const { parameters } = extraction.getState()
    const atHand = listAtHand(images.getState())
    const rows = listBatchRows({
      study: records.study,
      patients: [...records.patients].sort((a, b) => compare(a.label, b.label)),
      images: records.images,
      regions,
      tables: (await keptTables.list()).filter((table) => table.reader === reader),
      // What another tab computes now is no row on which a page ended.
      attempts: (await kept.list()).filter(({ state }) => state !== 'running' || !isElsewhere),
      reader,
      now: { parameters, program: version },
      plan: planExtraction(parameters),
      isAtHand: ({ id }: StudyImage) => atHand.has(id),
    })
    return { rows, heads: new Map(own.map((head) => [head.key, head])) }
  }

  /** Looks at what there is, of the reader in hand; nothing while rows are computed. */
  async function check(): Promise<void> {
    if (isRunning()) return
    const turn = ++lastCheck
    const isNews = () => turn === lastCheck && !isRunning()
    const { reader } = readers.getState()
    const { run: before } = store.getState()
    // How the last run ended is told until the next one begins.
    const isOver = before.status === 'done' || before.status === 'stopped'
    try {
      const { rows, heads: found } = await listRows(reader, (done, of) => {
        if (isNews() && !isOver) store.setState({ run: { status: 'checking', done, of } })
      })
      if (!isNews()) return
      heads = found
      store.setState({ rows, reader, ...(!isOver && { run: { status: 'ready' } }) })
      // What went wrong in a run stays told.
      if (store.getState().problem === checkProblem) store.setState({ problem: null })
    } catch (error) {
      checkProblem = messageOf(error)
      if (isNews()) store.setState({ run: { status: 'idle' }, problem: checkProblem })
    }
  }

  const keyOf = ({ region }: BatchRow) => keptKey(region!)

  /** @throws DataError where the region is no more, or its image cannot be read */
  async function load(row: BatchRow, readImage: () => Promise<Volume>) {
    const found = await masks.find(keyOf(row))
    if (!found) throw new DataError(told('deleted-meanwhile', {}))
    const [part, image] = [await masks.unpack(found), await readImage()]
    const { size, spacingMm, originMm, direction } = image
    const mask = { size, spacingMm, originMm, direction, voxels: placeMask(part), ...(part.box && { within: part.box }) }
    return { image, mask, maskHash: found.maskHash ?? (await hashMask(part)) }
  }

  /** Computes what is ready, or these rows. */
  async function start(wanted?: readonly BatchRow[]): Promise<void> {
    if (isRunning()) return
    if (!(await services.claims.claim('run', () => undefined))) {
      services.claims.release()
      store.setState({ problem: told('batch-elsewhere', {}) })
      return
    }
    lastCheck++
    const rows = wanted ?? store.getState().rows.filter(({ state }) => state === 'ready')
    ending = compute(rows)
      .catch((error: unknown) => store.setState({ problem: messageOf(error) }))
      .finally(services.claims.release)
    await ending
    await check()
  }

  async function compute(rows: readonly BatchRow[]): Promise<void> {
    const { parameters, parametersName } = extraction.getState()
    const { names } = readers.getState()
    const plan = planExtraction(parameters)
    const sizes = new Map(rows.map((row) => [row, expectVoxels(row.region!.described!.extent, row.image!.grid, plan)]))
    abort = new AbortController()
    const { signal } = abort
    await keepParameters()
    const host = await services.openHost()
    const workers = host.countWorkers(Math.max(...sizes.values(), 0))
    const inHand = new Set<BatchRow>()
    const folderWasAway = new Set<BatchRow>()
    let resumedAt = now()
    let progress: BatchProgress = {
      done: 0,
      of: rows.length,
      failures: [],
      dropped: 0,
      workers: Math.min(workers, rows.length),
      inHand: [],
      workedMs: 0,
      leftMs: null,
    }
    const show = (change: Partial<BatchProgress> = {}) => {
      const { run } = store.getState()
      const isPaused = run.status === 'paused'
      const at = now()
      progress = { ...progress, ...change, inHand: [...inHand], workedMs: progress.workedMs + (isPaused ? 0 : at - resumedAt) }
      resumedAt = at
      store.setState({ run: isPaused ? { ...run, progress } : { status: 'running', progress } })
    }
    let last: { readonly image: string; readonly reading: Promise<Volume> } | undefined
    /** Lesions of one image come one after the other. */
    const readImage = (row: BatchRow) => {
      const { id } = row.image!
      if (last?.image !== id) last = { image: id, reading: read(row, host.readFiles, signal) }
      return last.reading
    }

    store.setState({ run: { status: 'running', progress }, problem: null })
    try {
      await runRows(
        rows,
        {
          workers,
          openWorker(shared) {
            const bridge = host.openWorker(shared)
            return {
              extract: (image, mask, options) => bridge.extract(image, mask, parameters, options),
              close: bridge.close,
            }
          },
          sizeOf: (row) => sizes.get(row)!,
          begin: async (row) => {
            const { region } = row
            const inputs = hashInputs({ maskHash: region!.maskHash, parameters, program: version })
            const { image, reader, lesion } = region!
            await kept.begin({ key: keyOf(row), image, reader, lesion, inputs })
          },
          load: (row) => load(row, () => readImage(row)),
          isForAll(error, row) {
            if (error instanceof StorageError) return !isDamage(error)
            if (!placesAway.has(messageOf(error).code) || folderWasAway.has(row)) return false
            folderWasAway.add(row)
            // It is read anew once its folder is there.
            last = undefined
            return true
          },
          async finish(row, { maskHash }, result, seconds, failure) {
            const about = { parameters, parametersName, readerName: names[row.region!.reader] }
            const table = tableOf(row, maskHash, result, seconds, about)
            const isKept = await kept.finish(table, result, failure)
            if (isKept) tables.getState().take(table)
            return isKept
          },
          end: (row, state, reason) => kept.end(keyOf(row), state, reason),
          forget: (begun) => kept.forget(begun.map(keyOf)),
          now,
        },
        {
          signal,
          whilePaused: () =>
            store.getState().run.status !== 'paused' || signal.aborted
              ? Promise.resolve()
              : new Promise((go) => {
                  const before = resume
                  resume = () => {
                    before?.()
                    go()
                  }
                }),
          onProblem: (problem) => {
            show()
            store.setState({ run: { status: 'paused', progress, problem } })
          },
          onBegun(row) {
            inHand.add(row)
            show()
          },
          onEnded(row, end) {
            inHand.delete(row)
            if (!end) return show()
            takeEnd(row, end)
            const isBad = end.end === 'failed' || end.end === 'setAside'
            show({
              done: progress.done + 1,
              dropped: progress.dropped + Number(end.end === 'dropped'),
              ...(isBad && { failures: [...progress.failures, { row, reason: end.reason }] }),
            })
          },
          onExpected: (leftMs) => show({ leftMs }),
        },
      )
      store.setState({ run: { status: signal.aborted ? 'stopped' : 'done', progress: { ...progress, inHand: [] } } })
    } catch (error) {
      store.setState({ run: { status: 'stopped', progress: { ...progress, inHand: [] } }, problem: messageOf(error) })
    } finally {
      host.close()
    }
  }

  /** What the list says of a row that ended. */
  function takeEnd(row: BatchRow, end: RowEnd): void {
    const news: BatchRow =
      end.end === 'done'
        ? { ...row, state: 'current', reason: null, attempts: 0, age: [], computedOn: null }
        : end.end === 'dropped'
          ? row
          : { ...row, state: end.end, reason: end.reason }
    store.setState({ rows: store.getState().rows.map((one) => (one.region === row.region && one.id === row.id ? news : one)) })
  }

  /** @throws DataError if its files do not hold it any more, or are not at hand */
  async function read(row: BatchRow, readFiles: BatchHost['readFiles'], signal: AbortSignal): Promise<Volume> {
    const about = { id: row.image!.id, label: row.label }
    const image = await readStudyImage(images.getState(), about, readFiles, signal)
    if (imageKey(image) !== row.region!.image) throw new DataError(told('image-changed', { imageName: row.role }))
    return image
  }

  /** Features of those rows that are current. @param ids of the table's rows, in their order */
  async function readRows(rows: readonly BatchRow[], ids: readonly string[], roles: readonly RoleId[]): Promise<WideTable> {
    const { parameters } = extraction.getState()
    const current = rows.filter(({ age }) => age?.length === 0)
    const byKey = new Map(current.map((row) => [keyOf(row), row]))
    const found = await keptTables.findFeatures([...byKey.keys()])
    return wideTable(
      found.map(({ key, names, values }) => ({ id: byKey.get(key)!.id, role: byKey.get(key)!.role, names, values })),
      { ids, roles, features: listFeatureNames(planExtraction(parameters)) },
    )
  }

  /** The study file says then with which parameters the rows are computed. */
  const keepParameters = () => {
    const { parameters, parametersName } = extraction.getState()
    return kept.keepParameters(parametersName === studyParametersName ? null : { name: parametersName, values: parameters })
  }

  /** Takes rows that were computed on another machine, see `takeComputed`. */
  async function take(files: readonly File[]): Promise<void> {
    if (isRunning()) return
    await check()
    const { reader } = readers.getState()
    const { parameters, parametersName } = extraction.getState()
    const about = { parameters, parametersName, readerName: readers.getState().names[reader] }
    const { takeComputed } = await programServer.load(() => import('./takeComputed.ts'))
    const taken = await takeComputed(files, {
      rows: store.getState().rows,
      reader,
      parameters,
      parametersName,
      version,
      async keep(row, result, { seconds, on }) {
        const table = { ...tableOf(row, row.region!.maskHash, result, seconds, about), ...(on && { computedOn: on }) }
        const isKept = await kept.finish(table, result, null)
        if (isKept) tables.getState().take(table)
        return isKept
      },
    })
    store.setState({ taken, problem: null })
    await check()
  }

  function tableOf(
    { label, role, region }: BatchRow,
    maskHash: string,
    result: ExtractionResult,
    seconds: number,
    about: { readonly parameters: ExtractionParameters; readonly parametersName: string; readonly readerName: string },
  ): KeptTable {
    const { image, reader, lesion } = region!
    const head = heads.get(keptKey(region!))!
    return {
      ...about,
      key: head.key,
      image,
      reader,
      lesion,
      label,
      stem: head.called?.stem ?? `${label}_${role}_reader-${reader}${lesionSuffix(lesion)}`,
      imageName: head.imageName,
      voxelCount: head.voxelCount,
      featureCount: result.features.length,
      isPartial: false,
      warnings: result.warnings,
      seconds,
      maskHash,
      program: version,
      savedAt: now(),
    }
  }

  return {
    check,
    start,
    take,
    keepParameters,
    /** Once the rows that are in work have ended. */
    pause(): void {
      const { run } = store.getState()
      if (run.status === 'running') store.setState({ run: { status: 'paused', progress: run.progress, problem: null } })
    },
    resume(): void {
      const { run } = store.getState()
      if (run.status !== 'paused') return
      store.setState({ run: { status: 'running', progress: run.progress } })
      resume?.()
      resume = undefined
    },
    /** At once: rows in work are as if they had not been begun. */
    async cancel(): Promise<void> {
      abort.abort()
      resume?.()
      resume = undefined
      await ending
    },
    /** Rows that failed or were set aside, once more. */
    async retry(rows: readonly BatchRow[]): Promise<void> {
      await kept.forget(rows.map(keyOf))
      await start(rows.map((row) => ({ ...row, attempts: 0 })))
    },
    /** All features that are there and current, of the reader whose rows were checked. */
    readTable(): Promise<WideTable> {
      const { rows } = store.getState()
      const roles = workList.getState().records!.study.roles.map(({ id }) => id)
      return readRows(rows, [...new Set(rows.map(({ id }) => id))], roles)
    },
    /** The rows of any reader as they are now; what is shown of the reader in hand stays. */
    look: async (reader: ReaderId): Promise<readonly BatchRow[]> => (await listRows(reader, () => undefined)).rows,
    readRows,
    /** A row's features by parameters that are another's, such as a model's: nothing of them is kept. @throws as the extraction; the signal's reason */
    async measure(row: BatchRow, parameters: ExtractionParameters, options: MeasureOptions): Promise<ExtractionResult> {
      const { signal } = options
      const host = await services.openHost()
      try {
        const { image, mask } = await load(row, () => read(row, host.readFiles, signal))
        const bridge = host.openWorker(1)
        try {
          return await bridge.extract(image, mask, parameters, options)
        } finally {
          bridge.close()
        }
      } finally {
        host.close()
      }
    },
  }
}

/** What is kept of a region is damaged: the browser itself is well. */
const isDamage = (error: unknown) =>
  error instanceof StorageError && (error.told.code === 'roi-damaged' || error.told.code === 'roi-cut-off')

export type Batch = ReturnType<typeof createBatch>
