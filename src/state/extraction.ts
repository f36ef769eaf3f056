import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ExtractionResult } from '../core/extraction/collectResult.ts'
import type { Volume } from '../core/image/volume.ts'
import type { Mask } from '../core/mask/mask.ts'
import type { ExtractionParameters } from '../core/parameters/profiles/pyradiomics/parameters.ts'
import { studyParameters } from '../io/records/studyParameters.ts'
import type { RegionId } from '../core/study/study.ts'
import type { ExtractionOptions, Progress } from '../../workers/computeBridge.ts'
import { messageOf, type Message } from '../core/messages/message.ts'
import { tell } from '../../workers/messages.ts'

export type Extract = (
  image: Volume,
  mask: Mask,
  parameters: ExtractionParameters,
  options: ExtractionOptions,
) => Promise<ExtractionResult>

/** What a region is called in files and tables. */
export interface RegionName {
  /** The patient's, `P0001`. */
  readonly label: string
  /** `<patient>_<sequence>_<reader>`. */
  readonly stem: string
}

/** The region that a result belongs to. */
export interface CaseLabel extends RegionName, RegionId {
  /** Under which the region is kept, see `keptKey`. */
  readonly key: string
  /** As its user knows it: for the screen only. */
  readonly imageName: string
  readonly readerName: string
  readonly voxelCount: number
  /** Of the mask when the run began, see `hashMask`: another one makes the result out of date. */
  readonly maskHash: string
}

export interface FinishedRun {
  readonly status: 'done'
  readonly result: ExtractionResult
  readonly seconds: number
  readonly about: CaseLabel
  readonly parameters: ExtractionParameters
  readonly parametersName: string
}

/** One extraction at a time; results of an older run are dropped. */
export type Run =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running'
      readonly runId: number
      readonly startedAt: number
      readonly progress: Progress
      readonly about: CaseLabel
    }
  | FinishedRun
  | { readonly status: 'failed'; readonly reason: Message; readonly about: CaseLabel }

export interface ExtractionState {
  readonly parameters: ExtractionParameters
  /** File name, or what the built-in file is called. */
  readonly parametersName: string
  /** Why the file chosen last cannot be used; the parameters before it stay. */
  readonly parametersProblem: { readonly name: string; readonly why: Message } | null
  readonly run: Run
  /** @param text of a PyRadiomics parameter file */
  loadParameters(name: string, text: string): Promise<void>
  setParameters(name: string, parameters: ExtractionParameters): void
  useStudyParameters(): void
  start(image: Volume, mask: Mask, about: CaseLabel): Promise<void>
  cancel(): void
}

export const studyParametersName = 'Study parameters (1502 features)'

export type ExtractionStore = StoreApi<ExtractionState>

export function createExtractionStore(extract: Extract, now: () => number = Date.now): ExtractionStore {
  let lastRun = 0
  let abort = new AbortController()

  return createStore<ExtractionState>()((set, get) => ({
    parameters: studyParameters,
    parametersName: studyParametersName,
    parametersProblem: null,
    run: { status: 'idle' },

    async loadParameters(name, text) {
      try {
        const { parseParameterFile } = await import('../io/records/parameterFile.ts')
        set({ parameters: parseParameterFile(text), parametersName: name, parametersProblem: null })
      } catch (error) {
        set({ parametersProblem: { name, why: messageOf(error) } })
      }
    },
    setParameters: (parametersName, parameters) => set({ parametersName, parameters, parametersProblem: null }),
    useStudyParameters: () => get().setParameters(studyParametersName, studyParameters),

    async start(image, mask, about) {
      abort.abort()
      abort = new AbortController()
      const runId = ++lastRun
      const before = get().run
      const restored: Run = before.status === 'running' ? { status: 'idle' } : before
      const startedAt = now()
      const { parameters, parametersName } = get()
      set({ run: { status: 'running', runId, startedAt, progress: { done: 0, total: 0, step: tell('starting', {}) }, about } })
      const onProgress = (progress: Progress) => {
        if (runId === lastRun) set({ run: { status: 'running', runId, startedAt, progress, about } })
      }
      try {
        const result = await extract(image, mask, parameters, { signal: abort.signal, onProgress })
        if (runId !== lastRun) return
        // A run cancelled before any image type had ended leaves what was there before.
        if (result.partial && result.features.length === 0) set({ run: restored })
        else set({ run: { status: 'done', result, seconds: (now() - startedAt) / 1000, about, parameters, parametersName } })
      } catch (error) {
        if (runId === lastRun) set({ run: { status: 'failed', reason: messageOf(error), about } })
      }
    },

    cancel: () => abort.abort(),
  }))
}
