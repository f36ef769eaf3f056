import { z } from 'zod'
import { defaultTimeIntensityOptions, type TimeIntensityOptions } from '../core/cohort/timeIntensity.ts'
import type { RigidMove } from '../core/image/rigidMove.ts'
import type { ReaderId } from '../core/study/study.ts'
import { unnamedStudy } from '../core/study/unnamedStudy.ts'
import { direction, triple } from './schema.ts'

/** What a person set and finds again with the next session: among the answers, by these names. */
export interface Settings {
  /** Who draws. */
  readonly reader: ReaderId
  /** Whose habits keys and mouse follow. */
  readonly hands: 'itk-snap' | 'pacs'
  readonly maskStyle: 'fill' | 'outline'
  /** Of the type of time-intensity curves. */
  readonly curve: TimeIntensityOptions
  /** How images are moved onto each other, by pairs of them. */
  readonly alignments: Readonly<Record<string, RigidMove>>
}

/** Keeps a setting for the next session. */
export type KeepSetting<Names extends keyof Settings = keyof Settings> = <Name extends Names>(
  name: Name,
  value: Settings[Name],
) => void

export const settingSchemas: { readonly [Name in keyof Settings]: z.ZodType<Settings[Name]> } = {
  reader: z.string(),
  hands: z.enum(['itk-snap', 'pacs']),
  maskStyle: z.enum(['fill', 'outline']),
  curve: z.object({
    baselinePhase: z.int().nonnegative(),
    earlyUntilS: z.number().nonnegative(),
    inflowPercent: z.number().nonnegative(),
    outflowPercent: z.number().nonnegative(),
  }),
  alignments: z.record(z.string(), z.object({ rotation: direction, centreMm: triple, translationMm: triple })),
}

export const defaultSettings: Settings = {
  reader: unnamedStudy.readers[0].id,
  hands: 'itk-snap',
  maskStyle: 'fill',
  curve: defaultTimeIntensityOptions,
  alignments: {},
}
