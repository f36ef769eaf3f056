import type { ReaderId } from '../core/study/study.ts'
import { unnamedStudy } from '../core/study/unnamedStudy.ts'
import type { Settings } from './settings.ts'

export type OldSetting = Exclude<keyof Settings, 'curve' | 'analysisTheme' | 'language' | 'layout' | 'drawOver'>

/** Where earlier versions kept settings. Those that held an object wrote JSON. */
export const oldSettings: readonly (readonly [place: string, name: OldSetting, isJson?: boolean])[] = [
  ['texel.reader', 'reader'],
  ['texel.hands', 'hands'],
  ['texel.roiStyle', 'maskStyle'],
  ['texel.alignments', 'alignments', true],
]

/** Where they kept what a reader is called. */
export const nameOfReader = (id: ReaderId): string => `texel.reader.${id}`

export function hasOldSettings(local: Pick<Storage, 'getItem'>): boolean {
  const places = [...oldSettings.map(([place]) => place), ...unnamedStudy.readers.map(({ id }) => nameOfReader(id))]
  return places.some((place) => local.getItem(place) !== null)
}
