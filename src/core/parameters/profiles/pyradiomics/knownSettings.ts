import {
  generalDefaults,
  generalGroups,
  generalSettings,
  type GeneralGroup,
  type GeneralSettings,
  type SettingRow,
} from './generalSettings.ts'
import { imageTypeNames, imageTypeOf, type ImageTypeName, type ImageTypeSettings } from './imageTypes.ts'
import type { ExtractionSettings } from './parameters.ts'

/*
 * What every setting is, whatever it belongs to. The parameter file's reader and the form in the page both work from this table. Orders
 * are seen: in files, in the form, and in the hash of the parameters, by which a table is taken up again.
 */
export type SettingName = keyof ExtractionSettings

/** Settings that only one image type reads have a group of its name. */
export type SettingGroup = GeneralGroup | ImageTypeName

interface KnownSetting extends SettingRow {
  readonly group: SettingGroup
  /** Only this filter reads the setting. */
  readonly imageType?: ImageTypeName
  /** Read only if one of these settings is on. */
  readonly onlyWith?: readonly SettingName[]
  /** Not read if that setting is on. */
  readonly notWith?: SettingName
}

const { voxelArrayShift, symmetricalGLCM, weightingNorm, gldm_a, ...firstDefaults } = generalDefaults

export const defaultSettings: ExtractionSettings = {
  ...firstDefaults,
  ...(mergeImageTypes((type) => imageTypeOf(type).defaults) as ImageTypeSettings),
  voxelArrayShift,
  symmetricalGLCM,
  weightingNorm,
  gldm_a,
}

/** In the order of the form; an image type has one if it has settings of its own. */
export const settingGroups: readonly SettingGroup[] = [
  ...generalGroups.filter((group) => group !== 'output'),
  ...imageTypeNames.filter((type) => Object.keys(imageTypeOf(type).settings).length > 0),
  'output',
]

const { additionalInfo, ...firstHelp } = generalSettings

export const knownSettings: Readonly<Record<SettingName, KnownSetting>> = {
  ...(firstHelp as Record<keyof GeneralSettings, KnownSetting>),
  ...(mergeImageTypes((type) =>
    Object.fromEntries(
      Object.entries(imageTypeOf(type).settings).map(([name, help]) => [name, { ...help, group: type, imageType: type }]),
    ),
  ) as Record<keyof ImageTypeSettings, KnownSetting>),
  additionalInfo,
}

function mergeImageTypes(partOf: (type: ImageTypeName) => object): object {
  return Object.assign({}, ...imageTypeNames.map(partOf)) as object
}

/** Does an image of this type read the setting, given the settings in force for it? */
export function isSettingUsed(name: SettingName, imageType: ImageTypeName, settings: ExtractionSettings): boolean {
  const { imageType: only, onlyWith, notWith } = knownSettings[name]
  if (only !== undefined && only !== imageType) return false
  if (onlyWith !== undefined && !onlyWith.some((other) => settings[other])) return false
  return notWith === undefined || settings[notWith] === null
}
