import { defaultTimeIntensityOptions, type TimeIntensityOptions } from '../core/cohort/timeIntensityOptions.ts'
import type { RigidMove } from '../core/image/rigidMove.ts'
import type { GreyRange } from '../core/mask/edit/threshold.ts'
import type { LesionId, ReaderId } from '../core/study/study.ts'
import { unnamedStudy } from '../core/study/unnamedStudy.ts'

/** What a person set and finds again with the next session: among the answers, by these names. */
export interface Settings {
  /** Who draws. */
  readonly reader: ReaderId
  /** Whose habits keys and mouse follow. */
  readonly hands: 'itk-snap' | 'pacs'
  readonly maskStyle: 'fill' | 'outline'
  /** Of the screens of the analysis. */
  readonly analysisTheme: 'dark' | 'light'
  /** Of the page; null: the browser's own, where the page speaks it. */
  readonly language: 'en' | 'zh' | null
  /** Of the ROI screen: how wide the panels beside the views are, in CSS pixels at the usual size of text, and whether they are away. */
  readonly layout: { readonly panelsPx: number; readonly areFolded: boolean }
  /**
   * Over what tools draw: everything, what belongs to no other lesion (`background`), or the voxels of one other lesion; and only
   * within a range of grey levels, null for all.
   */
  readonly drawOver: { readonly over: 'everything' | 'background' | LesionId; readonly range: GreyRange | null }
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

export const defaultSettings: Settings = {
  reader: unnamedStudy.readers[0].id,
  hands: 'itk-snap',
  maskStyle: 'fill',
  analysisTheme: 'dark',
  language: null,
  layout: { panelsPx: 308, areFolded: false },
  drawOver: { over: 'everything', range: null },
  curve: defaultTimeIntensityOptions,
  alignments: {},
}
