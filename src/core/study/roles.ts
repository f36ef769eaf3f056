/** What an image is for, `T1WI+C`: text that names it in files and columns. */
export type RoleId = string

/** On one fact of an image. `is` and `contains` do not tell capitals from small letters. */
export type Condition =
  | { readonly field: string; readonly is: string }
  /** Part of the text. */
  | { readonly field: string; readonly contains: string }
  /** One of these words, or rows of words, parted in the text by what is no letter and no digit. */
  | { readonly field: string; readonly words: readonly string[] }
  /** Ends count. */
  | { readonly field: string; readonly between: readonly [number, number] }

export interface RolePoints {
  /** Names the reason. */
  readonly why: string
  readonly points: number
  /** They count where all conditions of one of these hold. */
  readonly any: readonly (readonly Condition[])[]
  /** Where none does. */
  readonly otherwise?: number
}

/** A role of the study, and what tells its images. */
export interface RoleSpec {
  readonly id: RoleId
  readonly points: readonly RolePoints[]
  /** What files without headers call it, in small letters without other characters. */
  readonly names: readonly string[]
  /** Of a patient with a dynamic series it is the phase before contrast, or the one of the highest uptake, which voxels tell. */
  readonly phase?: 'first' | 'peak'
}

/** What a person corrected, for all images alike. Of several that hold, the latest counts. */
export interface RoleRule {
  /** All must hold. */
  readonly when: readonly Condition[]
  /** A role, `DCE`, or null: none of them. */
  readonly role: RoleId | null
  /** Who gave it. */
  readonly by: string
  /** Milliseconds since 1970. */
  readonly at: number
}

const cosineOf30Degrees = 0.866025

/** Fat-suppressed T2, by the points of the study's design. */
const fst2wi: RoleSpec = {
  id: 'FST2WI',
  names: ['fst2wi', 'fst2', 't2fs', 't2wifs', 't2', 't2w', 't2wi', 'stir', 'tirm'],
  points: [
    {
      why: 'long-echo',
      points: 3,
      any: [
        [
          { field: 'EchoTime', between: [60, Infinity] },
          { field: 'ScanningSequence', words: ['se', 'spin'] },
        ],
      ],
    },
    { why: 'axial', points: 3, any: [[{ field: 'axialCosine', between: [cosineOf30Degrees, 1.01] }]], otherwise: -4 },
    {
      why: 'fat-suppressed',
      points: 3,
      any: [
        [{ field: 'ScanOptions', words: ['fs', 'sfs'] }],
        [{ field: 'SpectrallySelectedSuppression', words: ['fat'] }],
        [{ field: 'InversionTime', between: [120, 260] }],
        [{ field: 'words', words: ['fs', 'fatsat', 'spair', 'spir', 'stir', 'tirm', 'ideal water', 'dixon w'] }],
        [{ field: 'dixon', is: 'water' }],
      ],
    },
    {
      why: 'called-t2',
      points: 2,
      any: [[{ field: 'words', words: ['t2', 't2w', 'et2w', 't2wi', 't2fs', 'fst2', 'tse', 'fse', 'frfse'] }]],
    },
    {
      why: 'diffusion',
      points: -6,
      any: [[{ field: 'DiffusionBValue', between: [0, Infinity] }], [{ field: 'words', words: ['dwi', 'adc'] }]],
    },
    { why: 'after-contrast', points: -2, any: [[{ field: 'afterContrast', is: 'yes' }]] },
    { why: 'set-aside', points: -6, any: [[{ field: 'setAside', is: 'yes' }]] },
  ],
}

/** The three sequences of the paper, in the order of its tables: each is drawn on. */
export const defaultRoles: readonly RoleSpec[] = [
  fst2wi,
  { id: 'T1WI', names: ['t1wi', 't1', 't1w', 'pre', 't1pre'], points: [], phase: 'first' },
  { id: 'T1WI+C', names: ['t1wic', 't1c', 't1ce', 't1post', 'post', 't1gd'], points: [], phase: 'peak' },
]
