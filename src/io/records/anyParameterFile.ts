import type { AnyParameters } from '../../core/parameters/parameters.ts'
import { parseIbsiParameterFile, saysIbsi } from './ibsiParameterFile.ts'
import { parseParameterFile } from './parameterFile.ts'

/** Reads a parameter file of the profile that it names; of PyRadiomics where it names none. @throws ParameterFileError with all problems of the file */
export function parseParameters(text: string): AnyParameters {
  return saysIbsi(text) ? parseIbsiParameterFile(text) : parseParameterFile(text)
}
