import { planOf, withLabel, type AnyParameters } from '../src/core/parameters/parameters.ts'
import type { ExtractionResult } from '../src/core/extraction/collectResult.ts'
import { warnOfGreyLevels } from '../src/core/extraction/greyLevels.ts'
import { createNodeComputeBridge } from '../workers/computeBridge.node.ts'
import type { Progress } from '../workers/computeBridge.ts'
import { limitMemory } from '../workers/limits.node.ts'
import { createMemoryRoom } from './memoryRoom.ts'
import { readCase, type CaseRequest, type ReadCase } from './readCase.ts'
import { say, sayError } from '../src/messages/say.ts'

export interface ExtractorOptions {
  readonly workers: number
  /** An abort ends the workers and what is computed comes back with `partial: true`. */
  readonly signal: AbortSignal
  readonly onProgress?: (done: number, total: number, step: string) => void
}

/** Told in words: what is said of the files as well. */
export type ExtractedCase = Omit<ExtractionResult, 'warnings'> & { readonly warnings: readonly string[] }

export interface Extractor<Request = CaseRequest> {
  extract(request: Request): Promise<ExtractedCase>
  /** What the parameters make of the grey levels of a case, in sentences; none where all is usual. */
  checkGreyLevels(request: Request): Promise<readonly string[]>
  /** Ends the workers; without it the program would wait for them. */
  close(): void
}

const notBegun: ExtractedCase = { diagnostics: [], features: [], failures: [], warnings: [], partial: true }

/** Of the memory that is free: what cases that are measured or wait for it may hold in images and masks. */
const shareOfFreeMemory = 0.25

/** Where cases come from, and what is computed of each. */
export interface CaseSource<Request> {
  read(request: Request, signal: AbortSignal): Promise<ReadCase>
  parametersFor(request: Request): AnyParameters
}

/** Measures cases that lie in files of their own. */
export function openExtractor(parameters: AnyParameters, options: ExtractorOptions): Extractor {
  const { settings } = parameters
  return openExtractorOf<CaseRequest>(
    {
      read: (request, signal) => readCase(request, settings, signal),
      parametersFor: ({ label }) => withLabel(parameters, label),
    },
    options,
  )
}

/** Reads cases and measures them, several at the same time if it is asked to; the workers are kept from one case to the next. */
export function openExtractorOf<Request>(
  { read: readAnew, parametersFor }: CaseSource<Request>,
  { workers, signal, onProgress }: ExtractorOptions,
): Extractor<Request> {
  const bridge = createNodeComputeBridge({ workers })
  const room = createMemoryRoom(limitMemory().amount * shareOfFreeMemory)
  let readBefore: { readonly request: Request; readonly reading: Promise<ReadCase> } | undefined
  /** A case of which the grey levels were counted need not be read again. */
  const read = (request: Request) => {
    const reading = readBefore?.request === request ? readBefore.reading : readAnew(request, signal)
    readBefore = undefined
    return reading
  }
  return {
    async extract(request) {
      const place = await room.enter()
      try {
        if (signal.aborted) return notBegun
        onProgress?.(0, 0, 'Reading')
        const { image, mask, warnings } = await read(request)
        place.weigh(image.voxels.byteLength + mask.voxels.byteLength)
        const report = ({ done, total, step }: Progress) => onProgress?.(done, total, say(step))
        try {
          const result = await bridge.extract(image, mask, parametersFor(request), { signal, onProgress: report })
          return { ...result, warnings: [...warnings, ...result.warnings.map(say)] }
        } catch (error) {
          // What the files are suspect of often explains it: where voxels are no numbers, for one.
          throw new Error([sayError(error), ...warnings].join(' '), { cause: error })
        }
      } catch (error) {
        // Cancelled while it was read.
        if (signal.aborted) return notBegun
        throw error
      } finally {
        place.leave()
      }
    },
    async checkGreyLevels(request) {
      const reading = read(request)
      readBefore = { request, reading }
      const { image, mask } = await reading
      const counts = await bridge.countGreyLevels(image, mask, parametersFor(request), { signal })
      const warning = warnOfGreyLevels(counts, planOf(parametersFor(request)).names)
      const refusals = counts.flatMap(({ imageName, problem }) =>
        problem === undefined ? [] : [`${imageName} will be refused: ${say(problem)}`],
      )
      return [...refusals, ...(warning === undefined ? [] : [say(warning)])]
    },
    close: () => bridge.close(),
  }
}
