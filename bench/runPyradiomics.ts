import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

export interface PyradiomicsTimes {
  readonly seconds: readonly number[]
  readonly features: number
  readonly version: string
}

/** Lets PyRadiomics measure a case on one thread. @param interpreter a Python that has PyRadiomics */
export async function runPyradiomics(
  interpreter: string,
  script: string,
  image: string,
  mask: string,
  parameters: string,
  runs: number,
): Promise<PyradiomicsTimes> {
  const { stdout } = await promisify(execFile)(interpreter, [script, image, mask, parameters, String(runs)])
  return JSON.parse(stdout) as PyradiomicsTimes
}
