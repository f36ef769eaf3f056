import { tell } from '../messages.ts'
import { ProgramLoadError } from '../programLoadError.ts'

/**
 * Runs a pipeline of itk-wasm, which is loaded from the page's own server when it is first needed.
 * @throws ProgramLoadError where it could not be loaded, and whatever a file or image makes of it
 */
export async function runItk<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (cause) {
    if (!isFailedLoading(cause)) throw cause
    throw new ProgramLoadError(tell('not-loaded', { part: 'codecs', why: cause.message }), { cause })
  }
}

/** itk-wasm loads the binary by axios and the script by `import()`, whose failure each browser words in its own way. */
function isFailedLoading(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  return error.name === 'AxiosError' || (error instanceof TypeError && /import(ed|ing) (a )?module/i.test(error.message))
}
