import type { ExtractionResult } from '../src/core/extraction/collectResult.ts'
import { warnOfGreyLevels } from '../src/core/extraction/greyLevels.ts'
import type { ExtractionParameters } from '../src/core/parameters.ts'
import { createNodeComputeBridge } from '../workers/computeBridge.node.ts'
import type { Progress } from '../workers/computeBridge.ts'
import { readCase, type CaseRequest } from './readCase.ts'

export interface ExtractorOptions {
  readonly workers: number
  /** An abort ends the workers and what is computed comes back with `partial: true`. */
  readonly signal: AbortSignal
  readonly onProgress?: (done: number, total: number, step: string) => void
}

export interface Extractor {
  extract(request: CaseRequest): Promise<ExtractionResult>
  /** What the parameters make of the grey levels of a case, in sentences; none where all is usual. */
  checkGreyLevels(request: CaseRequest): Promise<readonly string[]>
  /** Ends the workers; without it the program would wait for them. */
  close(): void
}

/** Reads cases and measures them; the workers are kept from one case to the next. */
export function openExtractor(parameters: ExtractionParameters, { workers, signal, onProgress }: ExtractorOptions): Extractor {
  const bridge = createNodeComputeBridge({ workers })
  const parametersFor = ({ label }: CaseRequest) => ({ ...parameters, settings: { ...parameters.settings, label } })
  return {
    async extract(request) {
      onProgress?.(0, 0, 'Reading')
      const { image, mask, warnings } = await readCase(request, parameters.settings)
      const report = ({ done, total, step }: Progress) => onProgress?.(done, total, step)
      try {
        const result = await bridge.extract(image, mask, parametersFor(request), { signal, onProgress: report })
        return { ...result, warnings: [...warnings, ...result.warnings] }
      } catch (error) {
        // What the files are suspect of often explains it: where voxels are no numbers, for one.
        const reason = error instanceof Error ? error.message : String(error)
        throw new Error([reason, ...warnings].join(' '), { cause: error })
      }
    },
    async checkGreyLevels(request) {
      const { image, mask } = await readCase(request, parameters.settings)
      const counts = await bridge.countGreyLevels(image, mask, parametersFor(request), { signal })
      const warning = warnOfGreyLevels(counts)
      const refusals = counts.flatMap(({ imageName, problem }) =>
        problem === undefined ? [] : [`${imageName} will be refused: ${problem}`],
      )
      return [...refusals, ...(warning === undefined ? [] : [warning])]
    },
    close: () => bridge.close(),
  }
}
