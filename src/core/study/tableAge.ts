import type { ExtractionParameters } from '../parameters/profiles/pyradiomics/parameters.ts'

/** From what a row of features is made, beside its image. */
export interface RowInputs {
  /** Of the region; undefined where there is none any more. */
  readonly maskHash: string | undefined
  readonly parameters: ExtractionParameters
  /** Version. */
  readonly program: string
}

/** Why a table is not what an extraction would give now. */
export type TableAge = 'mask' | 'parameters' | 'program'

/** In what a table differs from what an extraction would give now; the image is the same by its key. */
export function ageOfTable(table: RowInputs, now: RowInputs): readonly TableAge[] {
  return [
    ...(table.maskHash === now.maskHash ? [] : (['mask'] as const)),
    ...(isSame(table.parameters, now.parameters) ? [] : (['parameters'] as const)),
    ...(table.program === now.program ? [] : (['program'] as const)),
  ]
}

const isSame = (a: ExtractionParameters, b: ExtractionParameters) => a === b || textOf(a) === textOf(b)

/** The same for data of one content, in whatever order it was set. */
export function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
